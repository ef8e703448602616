import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '../base.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { startTranslations } from '../i18n/i18n.ts';
import { cssVariablesResolver, theme } from '../theme.ts';
import { DialogScene } from './DialogScene.tsx';
import { PartsScene } from './PartsScene.tsx';
import { TableScene } from './TableScene.tsx';

/** The components with sample data, to look at: `/gallery.html#table-full`. Served in development only. */
const scenes = {
  parts: <PartsScene />,
  'table-full': <TableScene mood="full" />,
  'table-loading': <TableScene mood="loading" />,
  'table-error': <TableScene mood="error" />,
  'table-empty': <TableScene mood="empty" />,
  'table-chosen': <TableScene mood="chosen" />,
  'table-more-failed': <TableScene mood="more-failed" />,
  danger: <DialogScene which="danger" />,
  'danger-loading': <DialogScene which="danger-loading" />,
  drawer: <DialogScene which="drawer" />,
};

await startTranslations();
const name = window.location.hash.slice(1) as keyof typeof scenes;
createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
    <main style={{ height: '100dvh', overflow: 'auto', background: 'var(--rc-surface)' }}>
      {scenes[name] ?? (
        <ul>
          {Object.keys(scenes).map((scene) => (
            <li key={scene}>
              <a href={`/gallery.html#${scene}`} onClick={() => setTimeout(() => window.location.reload())}>
                {scene}
              </a>
            </li>
          ))}
        </ul>
      )}
    </main>
  </MantineProvider>,
);
