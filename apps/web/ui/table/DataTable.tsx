// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by a virtualiser are no table rows to a browser; roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on rows, by a roving tabindex
import { useCallbackRef, useElementSize, useMergedRef } from '@mantine/hooks';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../ErrorState.tsx';
import { type Column, gridTemplate, type Sort } from './columns.ts';
import classes from './DataTable.module.css';
import { SelectionBar } from './SelectionBar.tsx';
import type { Selection } from './selection.ts';
import { TableFooter } from './TableFooter.tsx';
import { TableHeader } from './TableHeader.tsx';
import { TableRow } from './TableRow.tsx';
import { TableSkeleton } from './TableSkeleton.tsx';
import { useRowKeyboard } from './use-row-keyboard.ts';

export interface DataTableProps<Row> {
  /** Accessible name of the table. */
  label: string;
  columns: Column<Row>[];
  /** Keys of columns that the reader has hidden. */
  hidden?: string[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The row in words, for "Select …". */
  rowLabel: (row: Row) => string;
  status: 'loading' | 'error' | 'ready';
  error?: unknown;
  onRetry?: () => void;
  /** How many match on the server; left out where that is not counted. */
  total?: number;
  /** Keyset paging: there is more, it is on its way, fetch it. A failed page shows `error` in the footer. */
  more?: { has: boolean; loading: boolean; load: () => void; error?: unknown };
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  selection?: Selection;
  /** Buttons for the chosen rows. */
  bulkActions?: ReactNode;
  onOpen?: (row: Row) => void;
  /** In place of rows when there are none. */
  empty: ReactNode;
  /** `fill` takes the height of its parent and scrolls in itself; `natural` is as high as its rows. */
  height?: 'fill' | 'natural';
}

const rowHeights = { wide: 40, narrow: 60 };
const narrowBelow = 640;

/** A table of any length: only the rows in sight are drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, rowKey, rowLabel, status, total, more, sort, onSort, selection, onOpen, empty } =
    props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const size = useElementSize();
  const scrollerRef = useMergedRef(scroller, size.ref);
  const narrow = size.width > 0 && size.width < narrowBelow;
  const rowHeight = narrow ? rowHeights.narrow : rowHeights.wide;
  const columns = useMemo(
    () => props.columns.filter((column) => !props.hidden?.includes(column.key)),
    [props.columns, props.hidden],
  );
  const template = gridTemplate(columns, selection !== undefined);
  const matching = total ?? (more?.has ? undefined : rows.length);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: rowHeights.wide,
    // The row that has the focus stays drawn while it is out of sight, or the focus would be lost.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), keyboard.active])]
        .filter((i) => i < rows.length)
        .sort((a, b) => a - b),
  });
  const keyboard = useRowKeyboard({
    rows,
    rowKey,
    selection,
    onOpen,
    scrollToRow: (index) => virtual.scrollToIndex(index),
    pageSize: Math.max(1, Math.floor(size.height / rowHeight) - 2),
    body: scroller,
  });
  // Always the same functions, so that scrolling draws new rows only.
  const choose = useCallbackRef(keyboard.choose);
  const open = useCallbackRef(onOpen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured rows are void when their height changes
  useEffect(() => virtual.measure(), [rowHeight]);

  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const wantsMore =
    status === 'ready' && more?.has && !more.loading && !more.error && lastShown >= rows.length - 60;
  const load = more?.load;
  useEffect(() => {
    if (wantsMore) load?.();
  }, [wantsMore, load]);

  // Where the matches are not counted, everything is more than any number.
  const chosen = selection?.count(matching ?? Number.POSITIVE_INFINITY) ?? 0;
  return (
    <div className={classes.frame} data-height={props.height ?? 'fill'}>
      <div ref={scrollerRef} className={classes.scroller} data-bulk={chosen > 0 || undefined}>
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={status === 'ready' && matching !== undefined ? matching + 1 : -1}
          aria-multiselectable={selection ? true : undefined}
          aria-busy={status === 'loading' || more?.loading || undefined}
          className={classes.grid}
          onKeyDown={keyboard.onKeyDown}
        >
          <TableHeader
            columns={columns}
            template={template}
            narrow={narrow}
            sort={sort}
            onSort={onSort}
            selectAll={
              selection && {
                checked: chosen > 0 && chosen === (matching ?? Number.POSITIVE_INFINITY),
                some: chosen > 0 && chosen < (matching ?? Number.POSITIVE_INFINITY),
                onChange: (all) => (all ? selection.selectAll() : selection.clear()),
              }
            }
          />
          {status === 'ready' && rows.length > 0 && (
            <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
              {items.map((item) => {
                const row = rows[item.index]!;
                return (
                  <TableRow
                    key={rowKey(row)}
                    row={row}
                    index={item.index}
                    label={rowLabel(row)}
                    columns={columns}
                    template={template}
                    narrow={narrow}
                    top={item.start}
                    focusable={item.index === keyboard.active}
                    chosen={selection?.has(rowKey(row))}
                    onChoose={choose}
                    onFocus={keyboard.setActive}
                    onOpen={onOpen && open}
                  />
                );
              })}
            </div>
          )}
        </div>
        {status === 'loading' && (
          <TableSkeleton cells={columns.length + (selection ? 1 : 0)} template={template} narrow={narrow} />
        )}
        {status === 'error' && <ErrorState error={props.error} onRetry={props.onRetry} />}
        {status === 'ready' && rows.length === 0 && empty}
      </div>
      {status === 'ready' && rows.length > 0 && (
        <TableFooter loaded={rows.length} total={matching} more={more} />
      )}
      {selection && props.bulkActions && (
        <SelectionBar selection={selection} total={matching}>
          {props.bulkActions}
        </SelectionBar>
      )}
      <span className={classes.hidden} aria-live="polite">
        {status === 'ready' &&
          matching !== undefined &&
          t('ui.matches', { count: matching, shown: matching })}
      </span>
    </div>
  );
}
