import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbility } from '../../session/me.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { LogoSection } from './LogoSection.tsx';
import { organizationQuery } from './organization-queries.ts';

const OrganizationForm = lazy(async () => ({
  default: (await import('./OrganizationForm.tsx')).OrganizationForm,
}));

export function OrganizationPage() {
  const { t } = useTranslation();
  const settings = useQuery(organizationQuery);
  const mayChange = useAbility('organization:update');
  return (
    <Page title={t('nav.organization')} intro={t('organization.intro')} layout="read">
      {settings.isPending && (
        <div role="status" aria-label={t('ui.loading')}>
          <Skeleton height={92} radius="md" mb={20} />
          <Skeleton height={420} radius="md" />
        </div>
      )}
      {settings.isError && !settings.data && (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      {settings.data && (
        <>
          {!mayChange && <Notice tone="info">{t('organization.readOnly')}</Notice>}
          <LogoSection settings={settings.data} mayChange={mayChange} />
          <Suspense fallback={<Skeleton height={420} radius="md" />}>
            <OrganizationForm settings={settings.data} mayChange={mayChange} />
          </Suspense>
        </>
      )}
    </Page>
  );
}
