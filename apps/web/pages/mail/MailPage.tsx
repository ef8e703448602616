import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { MailList } from './MailList.tsx';
import { MailState } from './MailState.tsx';
import { mailOverviewQuery } from './mail-queries.ts';
import { SenderCheck } from './SenderCheck.tsx';
import { TestMail } from './TestMail.tsx';

/** How mail goes out, whether receivers trust it, and what has become of each. */
export function MailPage() {
  const { t } = useTranslation();
  const overview = useQuery(mailOverviewQuery);
  return (
    <Page title={t('nav.email')}>
      {overview.isPending && (
        <div role="status" aria-label={t('ui.loading')}>
          <Skeleton height={150} radius="md" mb={20} />
          <Skeleton height={280} radius="md" />
        </div>
      )}
      {overview.isError && !overview.data && (
        <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />
      )}
      {overview.data && (
        <>
          <MailState overview={overview.data} />
          <TestMail />
          {overview.data.configured && <SenderCheck />}
          <MailList />
        </>
      )}
    </Page>
  );
}
