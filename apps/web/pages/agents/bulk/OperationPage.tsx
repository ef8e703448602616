import { Button, SegmentedControl } from '@mantine/core';
import type { Operation, OperationRow, RowOutcome } from '@rollcall/contract/operations';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { paths } from '../../../paths.ts';
import { RouteLink } from '../../../shell/RouteLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { type JobProgress, ProgressPanel } from '../../../ui/ProgressPanel.tsx';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import { usersKey } from '../agents-queries.ts';
import { columnsOfRows } from './operation-columns.tsx';
import { isOpen, operationQuery, operationRowsQuery } from './operation-queries.ts';

const shownOutcomes: (RowOutcome | 'all')[] = ['all', 'changed', 'unchanged', 'failed', 'skipped'];

function stateOf({ state, failed }: Operation): JobProgress['state'] {
  if (state === 'finished') return failed > 0 ? 'partial' : 'succeeded';
  return state === 'stopped' ? 'failed' : state;
}

/** A bulk action while it runs and after: how far it is, and what became of each agent. */
export function OperationPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { operationId } = useParams({ from: '/signed-in/settings/bulk-actions/$operationId' });
  const [outcome, setOutcome] = useState<RowOutcome | 'all'>('all');
  const operation = useQuery(operationQuery(operationId));
  const list = useInfiniteQuery(operationRowsQuery(operationId, outcome === 'all' ? undefined : outcome));
  const rows = useMemo(
    () => list.data?.pages.flatMap((page) => page.items as OperationRow[]) ?? [],
    [list.data],
  );
  const columns = useMemo(() => columnsOfRows(t), [t]);
  const open = isOpen(operation.data);
  const done = operation.data?.done;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known of the rows and of agents is old when more is done
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: ['operations', operationId, 'rows'] });
    if (!open) void queryClient.invalidateQueries({ queryKey: [usersKey] });
  }, [done, open]);

  const back = <RouteLink href={paths.agents()}>{t('nav.agents')}</RouteLink>;
  if (!operation.data) {
    return (
      <Page title={t('agents.bulk.report')} back={back}>
        {operation.isError && <ErrorState error={operation.error} onRetry={() => void operation.refetch()} />}
      </Page>
    );
  }
  const job = operation.data;
  const title = t(`agents.bulk.${job.kind}.running`, { count: job.total, shown: format.number(job.total) });
  const cancel = async () => {
    await api.POST('/api/v1/operations/{id}/cancel', { params: { path: { id: operationId } } });
    await operation.refetch();
  };
  return (
    <Page
      title={t('agents.bulk.report')}
      back={back}
      layout="fill"
      intro={t('agents.bulk.startedBy', {
        name: job.requestedBy.name || t('record.unnamed'),
        at: format.dateTime(job.createdAt),
      })}
    >
      <ProgressPanel
        title={title}
        job={{ state: stateOf(job), done: job.done, total: job.total }}
        counts={[
          { label: t('agents.bulk.outcome.changed'), value: job.changed },
          { label: t('agents.bulk.outcome.unchanged'), value: job.unchanged },
          {
            label: t('agents.bulk.outcome.failed'),
            value: job.failed,
            tone: job.failed > 0 ? 'bad' : undefined,
          },
        ]}
        actions={
          open && (
            <Button variant="default" onClick={() => void cancel()} disabled={job.cancelRequestedAt !== null}>
              {t(job.cancelRequestedAt ? 'agents.bulk.stopping' : 'agents.bulk.stop')}
            </Button>
          )
        }
      >
        {job.stopReason && <Notice tone="bad">{job.stopReason}</Notice>}
      </ProgressPanel>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', justifyContent: 'space-between' }}>
        <SegmentedControl
          style={{ maxWidth: '100%', overflowX: 'auto' }}
          aria-label={t('agents.bulk.outcome.filter')}
          value={outcome}
          onChange={(value) => setOutcome(value as RowOutcome | 'all')}
          data={shownOutcomes.map((value) => ({ value, label: t(`agents.bulk.outcome.${value}`) }))}
        />
        <Button
          component="a"
          href={`/api/v1/operations/${operationId}/rows/export`}
          download
          variant="default"
          leftSection={<IconDownload size={15} stroke={1.8} />}
        >
          {t('agents.bulk.download')}
        </Button>
      </div>
      <DataTable
        label={t('agents.bulk.report')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.userId}
        rowLabel={(row) => row.name || row.signInName}
        status={list.data ? 'ready' : list.isError ? 'error' : 'loading'}
        error={list.error}
        onRetry={() => void list.refetch()}
        total={outcome === 'all' ? job.total : undefined}
        more={{
          has: list.hasNextPage,
          loading: list.isFetchingNextPage,
          load: () => void list.fetchNextPage(),
        }}
        onOpen={(row) => void navigate({ href: paths.agent(row.userId) })}
        empty={<EmptyState title={t('agents.bulk.outcome.none')} />}
      />
    </Page>
  );
}
