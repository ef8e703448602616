import { Button } from '@mantine/core';
import { IconDoorExit, IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stateOfList } from '../../api/state-of-list.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { writeSearch } from '../../shell/search-params.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { PeriodFilter } from '../../ui/PeriodFilter.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { LeaversFigures } from './LeaversFigures.tsx';
import { columnsOfLeavers, nameOfLeaver } from './leaver-columns.tsx';
import { leaversFiguresQuery, leaversQuery } from './leavers-queries.ts';
import { type LeaversView, nothingFiltered } from './leavers-view.ts';

/** The register of leavers: what auditors sample. */
export function LeaversPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const view = useSearch({ from: '/signed-in/leavers' });
  const change = (part: LeaversView) =>
    void navigate({ to: '.', search: { ...view, ...part } as never, replace: true });
  const list = useInfiniteQuery(leaversQuery(view));
  const figures = useQuery(leaversFiguresQuery(view));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo(() => columnsOfLeavers(t, format), [t, format]);
  const filtered = Object.values(view).some((value) => value !== undefined);
  return (
    <Page
      title={t('nav.leavers')}
      count={figures.data?.complete ? figures.data.rows.length : undefined}
      layout="fill"
      actions={
        <Button
          component="a"
          href={`/api/v1/off-boardings/export${writeSearch({ ...view })}`}
          download
          variant="default"
          leftSection={<IconDownload size={15} stroke={1.8} />}
        >
          {t('leavers.export')}
        </Button>
      }
    >
      <FilterBar
        search={
          <>
            <SearchInput
              label={t('leavers.search')}
              value={view.search ?? ''}
              onSearch={(search) => change({ search: search || undefined })}
            />
            <PeriodFilter value={view} onChange={({ from, to }) => change({ from, to })} />
          </>
        }
        filters={[
          {
            key: 'tasks',
            label: t('leavers.columns.tasks'),
            values: view.tasks ? [view.tasks] : [],
            options: (['open', 'done'] as const).map((value) => ({
              value,
              label: t(`leavers.tasks.${value}`),
            })),
          },
        ]}
        onChange={(_, values) => change({ tasks: values.at(-1) as LeaversView['tasks'] })}
        onClear={() => change({ tasks: undefined })}
      />
      {!figures.isError && (figures.data?.rows.length !== 0 || filtered) && (
        <LeaversFigures rows={figures.data?.rows} complete={figures.data?.complete ?? true} view={view} />
      )}
      <DataTable
        label={t('nav.leavers')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowLabel={nameOfLeaver}
        {...stateOfList(list)}
        total={figures.data?.complete ? figures.data.rows.length : undefined}
        onOpen={(row) => void navigate({ href: paths.offboarding(row.id) })}
        empty={
          <EmptyState
            icon={<IconDoorExit size={24} stroke={1.6} />}
            title={t(filtered ? 'leavers.empty.filtered' : 'leavers.empty.title')}
            action={
              filtered && (
                <Button variant="default" onClick={() => change(nothingFiltered)}>
                  {t('leavers.empty.clear')}
                </Button>
              )
            }
          >
            {t(filtered ? 'leavers.empty.filteredHint' : 'leavers.empty.hint')}
          </EmptyState>
        }
      />
    </Page>
  );
}
