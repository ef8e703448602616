import type { ReactNode } from 'react';

export interface Column<Row> {
  /** Also the name of the field to sort by. */
  key: string;
  header: string;
  render: (row: Row) => ReactNode;
  /** A CSS grid track; `minmax(8rem, 1fr)` unless given. */
  width?: string;
  align?: 'start' | 'end';
  sortable?: boolean;
  /** Cannot be hidden by the reader. */
  required?: boolean;
  /** Where it stands when there is no room for columns (a phone); left out there if not given. */
  narrow?: 'title' | 'subtitle' | 'aside';
}

export interface Sort {
  key: string;
  direction: 'asc' | 'desc';
}

/** The tracks of one row; the same for header and body, so that they align. */
export function gridTemplate<Row>(columns: Column<Row>[], selectable: boolean): string {
  const tracks = columns.map((column) => column.width ?? 'minmax(8rem, 1fr)');
  return [...(selectable ? ['1.5rem'] : []), ...tracks].join(' ');
}

/** A header that is clicked goes ascending, descending, ascending … */
export function nextSort(sort: Sort | undefined, key: string): Sort {
  return { key, direction: sort?.key === key && sort.direction === 'asc' ? 'desc' : 'asc' };
}
