import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stateOfList } from '../../api/state-of-list.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import { columnsOfAudit } from './audit-columns.tsx';
import { auditQuery } from './audit-queries.ts';
import { type AuditView, isFiltered, nothingFiltered } from './audit-view.ts';

const AuditEventDrawer = lazy(async () => ({
  default: (await import('./AuditEventDrawer.tsx')).AuditEventDrawer,
}));
const SealDialog = lazy(async () => ({ default: (await import('./SealDialog.tsx')).SealDialog }));

/** Everything that happened, newest first. */
export function AuditPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const view = useSearch({ from: '/signed-in/audit' });
  const [sealShown, setSealShown] = useState(false);
  const change = (part: AuditView) =>
    void navigate({ to: '.', search: { ...view, ...part } as never, replace: true });
  const list = useInfiniteQuery(auditQuery(view));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo(() => columnsOfAudit(t, format), [t, format]);
  const names = {
    actor: rows.find(({ actor }) => actor.id === view.actor)?.actor.name ?? undefined,
    target: rows.find(({ target }) => target.id === view.target)?.target.name ?? undefined,
  };
  return (
    <Page
      title={t('nav.audit')}
      layout="fill"
      actions={
        <Button
          variant="default"
          leftSection={<IconLock size={15} stroke={1.8} />}
          onClick={() => setSealShown(true)}
        >
          {t('audit.seal.action')}
        </Button>
      }
    >
      <AuditFilters view={view} names={names} onChange={change} />
      <DataTable
        label={t('nav.audit')}
        columns={columns}
        rows={rows}
        rowKey={(event) => event.id}
        rowLabel={(event) => t(`auditActions.${event.action}`)}
        {...stateOfList(list)}
        onOpen={(event) => change({ event: event.id })}
        empty={
          <EmptyState
            title={t(isFiltered(view) ? 'audit.empty.filtered' : 'audit.empty.title')}
            action={
              isFiltered(view) && (
                <Button variant="default" onClick={() => change(nothingFiltered)}>
                  {t('audit.empty.clear')}
                </Button>
              )
            }
          >
            {t(isFiltered(view) ? 'audit.empty.filteredHint' : 'audit.empty.hint')}
          </EmptyState>
        }
      />
      <Suspense>
        {view.event && (
          <AuditEventDrawer
            key={view.event}
            id={view.event}
            onClose={() => change({ event: undefined })}
            onFilter={(part) => change({ ...nothingFiltered, event: undefined, ...part })}
          />
        )}
        {sealShown && <SealDialog onClose={() => setSealShown(false)} />}
      </Suspense>
    </Page>
  );
}
