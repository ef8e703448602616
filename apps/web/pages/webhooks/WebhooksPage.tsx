import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { columnsOfWebhooks } from './webhook-columns.tsx';
import { webhooksQuery } from './webhooks-queries.ts';

const AddWebhookDrawer = lazy(async () => ({
  default: (await import('./AddWebhookDrawer.tsx')).AddWebhookDrawer,
}));
const WebhookDrawer = lazy(async () => ({ default: (await import('./WebhookDrawer.tsx')).WebhookDrawer }));

/** Where the audit log is sent as it grows: webhooks and syslog streams. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const [adding, add] = useDisclosure(false);
  const [openedId, setOpenedId] = useState<string>();
  const list = useQuery(webhooksQuery);
  const columns = useMemo(() => columnsOfWebhooks(t, format), [t, format]);
  const opened = list.data?.find(({ id }) => id === openedId);
  return (
    <Page
      title={t('nav.webhooks')}
      intro={t('webhooks.intro')}
      layout="fill"
      actions={<Button onClick={add.open}>{t('webhooks.add.action')}</Button>}
    >
      <DataTable
        label={t('nav.webhooks')}
        columns={columns}
        rows={list.data ?? []}
        rowKey={({ id }) => id}
        rowLabel={({ name }) => name}
        status={list.data ? 'ready' : list.isError ? 'error' : 'loading'}
        error={list.error}
        onRetry={() => void list.refetch()}
        onOpen={({ id }) => setOpenedId(id)}
        empty={
          <EmptyState
            icon={<IconWebhook size={24} stroke={1.6} />}
            title={t('webhooks.empty.title')}
            action={
              <Button variant="default" onClick={add.open}>
                {t('webhooks.add.action')}
              </Button>
            }
          >
            {t('webhooks.empty.hint')}
          </EmptyState>
        }
      />
      <Suspense>
        {adding && <AddWebhookDrawer onClose={add.close} />}
        {opened && <WebhookDrawer key={opened.id} webhook={opened} onClose={() => setOpenedId(undefined)} />}
      </Suspense>
    </Page>
  );
}
