import type { OperationRow, RowOutcome } from '@rollcall/contract/operations';
import type { TFunction } from 'i18next';
import { paths } from '../../../paths.ts';
import { RouteLink } from '../../../shell/RouteLink.tsx';
import { PersonCell } from '../../../ui/PersonCell.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import type { Column } from '../../../ui/table/columns.ts';

const tones: Record<RowOutcome, Tone> = {
  pending: 'idle',
  changed: 'good',
  unchanged: 'idle',
  failed: 'bad',
  skipped: 'warn',
};

/** What became of each agent, and why where it was refused. */
export function columnsOfRows(t: TFunction): Column<OperationRow>[] {
  return [
    {
      key: 'name',
      header: t('agents.columns.name'),
      width: 'minmax(12rem, 1.2fr)',
      narrow: 'title',
      render: (row) => (
        <PersonCell
          name={row.name || row.signInName}
          link={<RouteLink href={paths.agent(row.userId)}>{row.name || row.signInName}</RouteLink>}
        />
      ),
    },
    {
      key: 'signInName',
      header: t('agents.columns.signInName'),
      width: 'minmax(12rem, 1.2fr)',
      render: (row) => row.signInName,
    },
    {
      key: 'outcome',
      header: t('agents.bulk.outcome.filter'),
      width: '9rem',
      narrow: 'aside',
      render: (row) => (
        <StatusBadge
          tone={tones[row.outcome]}
          label={t(`agents.bulk.outcome.${row.outcome}`)}
          pending={row.outcome === 'pending'}
        />
      ),
    },
    {
      key: 'detail',
      header: t('agents.bulk.outcome.why'),
      width: 'minmax(16rem, 2.4fr)',
      narrow: 'subtitle',
      render: (row) => row.error && <span title={row.error.detail}>{row.error.detail}</span>,
    },
  ];
}
