// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by a virtualiser are no table rows to a browser; roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on rows, by a roving tabindex
import { Checkbox, NativeSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Column, nextSort, type Sort } from './columns.ts';
import classes from './DataTable.module.css';

interface TableHeaderProps<Row> {
  columns: Column<Row>[];
  template: string;
  narrow: boolean;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  /** Left out when rows cannot be chosen. */
  selectAll?: { checked: boolean; some: boolean; onChange: (checked: boolean) => void };
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

export function TableHeader<Row>({
  columns,
  template,
  narrow,
  sort,
  onSort,
  selectAll,
}: TableHeaderProps<Row>) {
  const { t } = useTranslation();
  return (
    <div role="rowgroup" className={classes.head}>
      <div
        role="row"
        aria-rowindex={1}
        className={classes.headRow}
        style={{ gridTemplateColumns: narrow ? undefined : template }}
        data-narrow={narrow || undefined}
      >
        {selectAll && (
          <div role="columnheader" className={classes.check}>
            <Checkbox
              aria-label={t('ui.selectAll')}
              checked={selectAll.checked}
              indeterminate={selectAll.some}
              onChange={(event) => selectAll.onChange(event.currentTarget.checked)}
            />
          </div>
        )}
        {narrow ? (
          <NarrowSort columns={columns} sort={sort} onSort={onSort} />
        ) : (
          columns.map((column) => (
            <div
              key={column.key}
              role="columnheader"
              className={classes.headCell}
              data-align={column.align}
              aria-sort={sort?.key === column.key ? ariaSort[sort.direction] : undefined}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => onSort(nextSort(sort, column.key))}
                >
                  {column.header}
                  {sort?.key === column.key && <SortArrow direction={sort.direction} />}
                </button>
              ) : (
                column.header
              )}
            </div>
          ))
        )}
      </div>
    </div>
  );
}

function SortArrow({ direction }: { direction: Sort['direction'] }) {
  const Arrow = direction === 'asc' ? IconArrowUp : IconArrowDown;
  return <Arrow size={13} aria-hidden="true" />;
}

/** Where there is no room for headers, the order is a choice. */
function NarrowSort<Row>({
  columns,
  sort,
  onSort,
}: Pick<TableHeaderProps<Row>, 'columns' | 'sort' | 'onSort'>) {
  const { t } = useTranslation();
  const sortable = columns.filter((column) => column.sortable);
  const options = sortable.flatMap((column) => [
    { value: `${column.key} asc`, label: `${column.header} ↑` },
    { value: `${column.key} desc`, label: `${column.header} ↓` },
  ]);
  const direction = sort ? ariaSort[sort.direction] : undefined;
  return (
    <div role="columnheader" className={classes.narrowSort} aria-sort={direction}>
      {onSort && options.length > 0 ? (
        <NativeSelect
          size="xs"
          variant="unstyled"
          aria-label={t('ui.sortBy')}
          data={sort ? options : [{ value: '', label: t('ui.sortBy') }, ...options]}
          value={sort ? `${sort.key} ${sort.direction}` : ''}
          onChange={(event) => {
            const [key, next] = event.currentTarget.value.split(' ');
            if (key) onSort({ key, direction: next === 'desc' ? 'desc' : 'asc' });
          }}
        />
      ) : (
        columns.find((column) => column.narrow === 'title')?.header
      )}
    </div>
  );
}
