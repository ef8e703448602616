import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import type { Selection } from './selection.ts';

interface RowKeyboardOptions<Row> {
  rows: Row[];
  rowKey: (row: Row) => string;
  selection: Selection | undefined;
  onOpen: ((row: Row) => void) | undefined;
  scrollToRow: (index: number) => void;
  /** How many rows a page key moves. */
  pageSize: number;
  body: RefObject<HTMLElement | null>;
}

interface RowKeyboard {
  /** The one row that Tab reaches (roving tabindex). */
  active: number;
  setActive: (index: number) => void;
  /** Chooses one row, or with Shift all from the last chosen one to it. */
  choose: (index: number, chosen: boolean, range: boolean) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** Arrow, page, Home and End keys between rows; Enter opens, Space chooses, Shift extends, Ctrl+A chooses all. */
export function useRowKeyboard<Row>(options: RowKeyboardOptions<Row>): RowKeyboard {
  const { rows, rowKey, selection, onOpen, scrollToRow, pageSize, body } = options;
  const [wanted, setActive] = useState(0);
  const active = Math.min(wanted, Math.max(0, rows.length - 1));
  const anchor = useRef(0);

  const choose = (index: number, chosen: boolean, range: boolean) => {
    const from = range ? Math.min(anchor.current, index) : index;
    const to = range ? Math.max(anchor.current, index) : index;
    selection?.set(rows.slice(from, to + 1).map(rowKey), chosen);
    anchor.current = index;
  };

  const focusRow = (index: number) => {
    setActive(index);
    scrollToRow(index);
    // The row may only be drawn by that scroll: focus it once it is there.
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true }),
    );
  };

  const targetOf = (key: string): number | undefined => {
    const last = rows.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + pageSize,
      PageUp: active - pageSize,
      Home: 0,
      End: last,
    };
    const target = targets[key];
    return target === undefined ? undefined : Math.min(last, Math.max(0, target));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = rows[active];
    // Keys that a control inside the row took for itself are not ours.
    if (!row || !(event.target as HTMLElement).matches('[data-row]')) return;
    const target = targetOf(event.key);
    if (target !== undefined) {
      event.preventDefault();
      focusRow(target);
      if (event.shiftKey) choose(target, true, true);
      else anchor.current = target;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onOpen?.(row);
    } else if (event.key === ' ' && selection) {
      event.preventDefault();
      choose(active, !selection.has(rowKey(row)), event.shiftKey);
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && selection) {
      event.preventDefault();
      selection.selectAll();
    } else if (event.key === 'Escape') {
      selection?.clear();
    }
  };

  return { active, setActive, choose, onKeyDown };
}
