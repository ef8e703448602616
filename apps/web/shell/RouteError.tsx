import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page } from '../ui/Page.tsx';
import { MissingAbility } from './missing-ability.ts';
import { NotFound } from './NotFound.tsx';

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
    return <ErrorState error={error} onRetry={reset} />;
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
