import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { UserRow } from '@rollcall/contract/users-list';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stateOfList } from '../../api/state-of-list.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { useAbility } from '../../session/me.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useSelection } from '../../ui/table/selection.ts';
import { AgentsEmpty } from './AgentsEmpty.tsx';
import { AgentsFilters } from './AgentsFilters.tsx';
import { columnsOfAgents } from './agent-columns.tsx';
import { agentCountQuery, agentsQuery } from './agents-queries.ts';
import { type AgentsView, filtersOf, hiddenColumns, isFiltered } from './agents-view.ts';
import { BulkActions } from './BulkActions.tsx';
import { nameOf } from './name-of.ts';

const AddAgentDrawer = lazy(async () => ({
  default: (await import('./add/AddAgentDrawer.tsx')).AddAgentDrawer,
}));

/** Everybody, as the address says: searched, filtered, in order. */
export function AgentsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const view = useSearch({ from: '/signed-in/settings/agents' });
  const change = useCallback(
    (part: AgentsView) => void navigate({ to: '.', search: { ...view, ...part } as never, replace: true }),
    [navigate, view],
  );
  const mayAdd = useAbility('users:create');
  const [adding, add] = useDisclosure(false);
  const list = useInfiniteQuery(agentsQuery(view));
  const count = useQuery(agentCountQuery(view));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items as UserRow[]) ?? [], [list.data]);
  const columns = useMemo(() => columnsOfAgents(t, format), [t, format]);
  const hidden = useMemo(() => hiddenColumns(view), [view]);

  const selection = useSelection();
  const filters = JSON.stringify(filtersOf(view));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen among others is not chosen here
  useEffect(() => selection.clear(), [filters]);

  return (
    <Page
      title={t('nav.agents')}
      count={count.data}
      layout="fill"
      actions={
        mayAdd && (
          <>
            <Button variant="default" component={RouteLink} href={paths.import()}>
              {t('nav.import')}
            </Button>
            <Button onClick={add.open}>{t('agents.add.title')}</Button>
          </>
        )
      }
    >
      <AgentsFilters view={view} columns={columns} onChange={change} />
      <DataTable
        label={t('nav.agents')}
        columns={columns}
        hidden={hidden}
        rows={rows}
        rowKey={keyOf}
        rowLabel={nameOf}
        {...stateOfList(list)}
        total={count.data}
        sort={{ key: view.sort ?? 'name', direction: view.direction ?? 'asc' }}
        onSort={({ key, direction }) =>
          change({
            sort: key === 'name' ? undefined : (key as AgentsView['sort']),
            direction: direction === 'desc' ? 'desc' : undefined,
          })
        }
        selection={selection}
        bulkActions={<BulkActions selection={selection} view={view} total={count.data} />}
        onOpen={(user) => void navigate({ href: paths.agent(user.id) })}
        empty={
          <AgentsEmpty
            filtered={isFiltered(view)}
            onClear={() => change(nothingFiltered)}
            onAdd={mayAdd ? add.open : undefined}
          />
        }
      />
      {adding && (
        <Suspense>
          <AddAgentDrawer opened={adding} onClose={add.close} />
        </Suspense>
      )}
    </Page>
  );
}

const keyOf = (user: UserRow): string => user.id;

const nothingFiltered: AgentsView = {
  search: undefined,
  status: undefined,
  roleId: undefined,
  groupId: undefined,
  invitationState: undefined,
  department: undefined,
};
