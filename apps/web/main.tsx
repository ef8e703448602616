import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import './base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { problemOf } from './api/problem.ts';
import { startTranslations } from './i18n/i18n.ts';
import { makeRouter } from './routes.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Only what may be different in a moment is asked again; a refusal stays a refusal.
      retry: (failures, error) => failures < 2 && [0, 502, 503, 504].includes(problemOf(error).status),
    },
  },
});
const router = makeRouter(queryClient);

await startTranslations();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
