import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page } from '../ui/Page.tsx';
import { useProblemText } from '../ui/use-problem-text.ts';
import { MissingAbility } from './missing-ability.ts';
import { NotFound } from './NotFound.tsx';

/** The same where there is no frame, because what the frame needs could not be loaded. */
export function FramelessError(props: ErrorComponentProps) {
  const router = useRouter();
  return (
    <main style={{ minHeight: '100dvh', display: 'grid', placeItems: 'center' }}>
      <RouteError {...props} reset={() => void router.invalidate()} />
    </main>
  );
}

/** What stands in place of a page that may not be seen, was not found, could not load, or has a fault. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  if (error instanceof MissingAbility) {
    return (
      <Page title={t('errors.forbidden.title')}>
        <EmptyState icon={<IconLock size={24} stroke={1.6} />} title={t('errors.forbidden.title')}>
          {t('errors.forbidden.detail', { ability: error.ability })}
        </EmptyState>
      </Page>
    );
  }
  if (error instanceof Problem) {
    if (error.code === 'not_found') return <NotFound />;
    return <Failed error={error} reset={reset} />;
  }
  return (
    <Page title={t('errors.crash.title')}>
      <EmptyState
        title={t('errors.crash.title')}
        action={
          <Button variant="default" onClick={() => window.location.reload()}>
            {t('errors.crash.action')}
          </Button>
        }
      >
        {t('errors.crash.detail')}
      </EmptyState>
    </Page>
  );
}

function Failed({ error, reset }: ErrorComponentProps) {
  const { title } = useProblemText(error);
  return (
    <Page title={title}>
      <ErrorState error={error} onRetry={reset} />
    </Page>
  );
}
