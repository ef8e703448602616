import { type RowViewName, rowViewNames } from './preview/row-views.ts';

export interface ImportPageView {
  step?: 'columns';
  rows?: RowViewName;
}

/** Reads what is shown of an import from an address: its columns again, and which rows. */
export function readImportView(search: Record<string, unknown>): ImportPageView {
  return {
    step: search.step === 'columns' ? 'columns' : undefined,
    rows: rowViewNames.find((name) => name === search.rows),
  };
}
