import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
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
      <EmptyState wholePage icon={<IconLock size={24} stroke={1.6} />} title={t('errors.forbidden.title')}>
        {t('errors.forbidden.detail', { ability: error.ability })}
      </EmptyState>
    );
  }
  if (error instanceof Problem) {
    if (error.code === 'not_found') return <NotFound />;
    return <ErrorState wholePage error={error} onRetry={reset} />;
  }
  return (
    <EmptyState
      wholePage
      title={t('errors.crash.title')}
      action={
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('errors.crash.action')}
        </Button>
      }
    >
      {t('errors.crash.detail')}
    </EmptyState>
  );
}
