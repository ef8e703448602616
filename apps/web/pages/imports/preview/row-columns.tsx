import type { ImportRow } from '@rollcall/contract/imports';
import type { TFunction } from 'i18next';
import { PersonCell } from '../../../ui/PersonCell.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import type { Column } from '../../../ui/table/columns.ts';
import { fieldName } from './field-name.ts';
import classes from './ImportRows.module.css';
import { rowWord, wordTones } from './row-views.ts';

export const nameOfRow = (row: ImportRow): string =>
  row.name || row.signInName || `#${row.row ?? row.position}`;

export function columnsOfImportRows(t: TFunction, started: boolean): Column<ImportRow>[] {
  return [
    {
      key: 'line',
      header: t('imports.rows.line'),
      width: '3.5rem',
      align: 'end',
      render: (row) => row.line,
    },
    {
      key: 'word',
      header: t('imports.rows.what'),
      width: '8rem',
      narrow: 'aside',
      render: (row) => {
        const word = rowWord(row, started);
        return (
          <StatusBadge
            tone={wordTones[word]}
            label={t(`imports.word.${word}`)}
            pending={word === 'pending'}
          />
        );
      },
    },
    {
      key: 'name',
      header: t('imports.rows.who'),
      width: 'minmax(11rem, 1fr)',
      narrow: 'title',
      render: (row) => <PersonCell name={nameOfRow(row)} muted={row.kind === 'deactivate'} />,
    },
    {
      key: 'signInName',
      header: t('imports.field.signInName'),
      width: 'minmax(10rem, 1fr)',
      render: (row) => row.signInName,
    },
    {
      key: 'detail',
      header: t('imports.rows.detail'),
      width: 'minmax(18rem, 2fr)',
      narrow: 'subtitle',
      render: (row) => <RowDetail t={t} row={row} />,
    },
  ];
}

/** Of somebody new, what the other columns say already. */
const said = ['firstName', 'lastName', 'email', 'signInName'];

/** In one line what matters: why it was refused, what undoing left, or the fields from and to. */
function RowDetail({ t, row }: { t: TFunction; row: ImportRow }) {
  const [error] = row.errors;
  if (error) {
    return (
      <>
        {error.column && <span className={classes.field}>{error.column}</span>}
        {error.column && error.value ? <q className={classes.value}>{error.value}</q> : null} {error.message}
      </>
    );
  }
  if (row.undoNote) return row.undoNote;
  if (row.changes.length === 0) return row.warnings[0]?.message ?? '';
  return row.changes
    .filter(({ field, before }) => before !== null || !said.includes(field))
    .map(({ field, before, after }) => (
      <span key={field} className={classes.change}>
        <span className={classes.field}>{fieldName(t, field)}</span>{' '}
        {before !== null && (
          <>
            <del className={classes.before}>{before}</del> <span aria-hidden="true">→</span>{' '}
          </>
        )}
        <ins className={classes.after}>{after ?? t('imports.rows.emptied')}</ins>
      </span>
    ));
}
