// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by a virtualiser are no table rows to a browser; roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on rows, by a roving tabindex
import { Checkbox } from '@mantine/core';
import { type MouseEvent, memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './columns.ts';
import classes from './DataTable.module.css';

interface TableRowProps<Row> {
  row: Row;
  index: number;
  label: string;
  columns: Column<Row>[];
  template: string;
  narrow: boolean;
  top: number;
  focusable: boolean;
  /** Undefined when rows cannot be chosen. */
  chosen: boolean | undefined;
  onChoose: (index: number, chosen: boolean, range: boolean) => void;
  onFocus: (index: number) => void;
  onOpen: ((row: Row) => void) | undefined;
}

/** A click on a control in the row, or one that ends a text selection, does not open the row. */
function isOwnClick(event: MouseEvent<HTMLElement>): boolean {
  const control = (event.target as HTMLElement).closest('a, button, input, label, [role="button"]');
  return control === null && !window.getSelection()?.toString();
}

function Row<Data>(props: TableRowProps<Data>) {
  const { row, index, label, columns, template, narrow, top, focusable, chosen, onChoose, onFocus, onOpen } =
    props;
  const { t } = useTranslation();
  const range = useRef(false);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter is handled once for all rows by the grid
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-row={index}
      data-chosen={chosen || undefined}
      data-narrow={narrow || undefined}
      data-opens={onOpen ? true : undefined}
      tabIndex={focusable ? 0 : -1}
      className={classes.row}
      style={{ gridTemplateColumns: narrow ? undefined : template, transform: `translateY(${top}px)` }}
      onFocus={() => onFocus(index)}
      onClick={(event) => isOwnClick(event) && onOpen?.(row)}
    >
      {chosen !== undefined && (
        <div role="gridcell" className={classes.check}>
          <Checkbox
            aria-label={t('ui.selectRow', { name: label })}
            checked={chosen}
            tabIndex={focusable ? 0 : -1}
            onClick={(event) => {
              range.current = event.shiftKey;
            }}
            onChange={(event) => onChoose(index, event.currentTarget.checked, range.current)}
          />
        </div>
      )}
      {narrow ? (
        <NarrowCells row={row} columns={columns} />
      ) : (
        columns.map((column) => (
          <div key={column.key} role="gridcell" className={classes.cell} data-align={column.align}>
            {column.render(row)}
          </div>
        ))
      )}
    </div>
  );
}

function NarrowCells<Data>({ row, columns }: { row: Data; columns: Column<Data>[] }) {
  const at = (place: Column<Data>['narrow']) => columns.filter((column) => column.narrow === place);
  return (
    <>
      <div role="gridcell" className={classes.narrowMain}>
        <div className={classes.narrowLine}>
          {at('title').map((column) => (
            <span key={column.key}>{column.render(row)}</span>
          ))}
        </div>
        <div className={classes.narrowNote}>
          {at('subtitle').map((column) => (
            <span key={column.key} className={classes.narrowPart}>
              {column.render(row)}
            </span>
          ))}
        </div>
      </div>
      <div role="gridcell" className={classes.narrowAside}>
        {at('aside').map((column) => (
          <span key={column.key}>{column.render(row)}</span>
        ))}
      </div>
    </>
  );
}

export const TableRow = memo(Row) as typeof Row;
