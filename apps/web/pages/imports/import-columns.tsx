import type { ImportSummary } from '@rollcall/contract/imports';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import type { Column } from '../../ui/table/columns.ts';
import classes from './ImportList.module.css';
import { ImportStateBadge } from './ImportStateBadge.tsx';

/** "40 to add, 3 to change": what is not there is not said. */
export function countsInWords(t: TFunction, format: Format, { counts, state }: ImportSummary): string {
  if (!counts) return '';
  const words = ['uploaded', 'previewing', 'previewed'].includes(state) ? 'count' : 'countAfter';
  return (['create', 'change', 'deactivate', 'unchanged', 'refused'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => t(`imports.${words}.${kind}`, { shown: format.number(counts[kind]) }))
    .join(', ');
}

export function columnsOfImports(t: TFunction, format: Format): Column<ImportSummary>[] {
  return [
    {
      key: 'fileName',
      header: t('imports.list.file'),
      width: 'minmax(12rem, 1.4fr)',
      narrow: 'title',
      render: (one) => (
        <RouteLink href={paths.importRun(one.id)} className={classes.name}>
          {one.fileName}
        </RouteLink>
      ),
    },
    {
      key: 'state',
      header: t('imports.list.state'),
      width: '11.5rem',
      narrow: 'aside',
      render: (one) => <ImportStateBadge state={one.state} />,
    },
    {
      key: 'rows',
      header: t('imports.list.rows'),
      width: '5rem',
      align: 'end',
      render: (one) => format.number(one.rowCount),
    },
    {
      key: 'counts',
      header: t('imports.list.counts'),
      width: 'minmax(14rem, 2fr)',
      narrow: 'subtitle',
      render: (one) => countsInWords(t, format, one),
    },
    {
      key: 'by',
      header: t('imports.list.by'),
      width: 'minmax(8rem, 1fr)',
      render: (one) => one.requestedBy.name || '–',
    },
    {
      key: 'at',
      header: t('imports.list.at'),
      width: '9rem',
      render: (one) => <RelativeTime value={one.finishedAt ?? one.createdAt} />,
    },
  ];
}
