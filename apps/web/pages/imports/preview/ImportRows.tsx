import { Button } from '@mantine/core';
import type { ImportRow, ImportView } from '@rollcall/contract/imports';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stateOfList } from '../../../api/state-of-list.ts';
import { CountTabs } from '../../../ui/CountTabs.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import { importRowsQuery } from '../import-queries.ts';
import classes from './ImportRows.module.css';
import { columnsOfImportRows, nameOfRow } from './row-columns.tsx';
import { type RowViewName, rowViews } from './row-views.ts';

const ImportRowDrawer = lazy(async () => ({
  default: (await import('./ImportRowDrawer.tsx')).ImportRowDrawer,
}));

interface ImportRowsProps {
  view: ImportView;
  shown: RowViewName;
  onShow: (name: RowViewName) => void;
}

/** Every row with what becomes of it, by kind; one opens with all its fields. */
export function ImportRows({ view, shown, onShow }: ImportRowsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<ImportRow>();
  const views = rowViews(view);
  const current = views.find(({ name }) => name === shown) ?? views[0];
  const list = useInfiniteQuery(importRowsQuery(view.id, current?.filter ?? {}));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const started = view.applied !== null;
  const columns = useMemo(() => columnsOfImportRows(t, started), [t, started]);
  const refused = views.find(({ name }) => name === 'refused')?.count ?? 0;
  return (
    <>
      <CountTabs
        label={t('imports.rows.show')}
        tabs={views.map(({ name, count, tone }) => ({
          key: name,
          count,
          tone,
          label: t(started ? `imports.tabAfter.${name}` : `imports.tab.${name}`),
        }))}
        value={current?.name ?? 'all'}
        onChange={(name) => onShow(name as RowViewName)}
      />
      <DataTable
        label={t('imports.rows.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.position)}
        rowLabel={nameOfRow}
        {...stateOfList(list)}
        total={current?.count}
        onOpen={setOpened}
        empty={<EmptyState title={t('imports.rows.none')} />}
      />
      <div className={classes.bar} style={{ marginTop: '-0.25rem', paddingBottom: '1rem' }}>
        <p className={classes.facts}>{t('imports.rows.hint')}</p>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
          {refused > 0 && (
            <Download href={`/api/v1/imports/${view.id}/refused.csv`} label={t('imports.download.refused')} />
          )}
          <Download href={`/api/v1/imports/${view.id}/preview.csv`} label={t('imports.download.all')} />
        </div>
      </div>
      {opened && (
        <Suspense>
          <ImportRowDrawer row={opened} started={started} onClose={() => setOpened(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function Download({ href, label }: { href: string; label: string }) {
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      leftSection={<IconDownload size={15} stroke={1.8} />}
    >
      {label}
    </Button>
  );
}
