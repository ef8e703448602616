import { readDay } from '../../ui/period.ts';

/** What the register shows, as it stands in the address. Days are both included. */
export interface LeaversView {
  from?: string;
  to?: string;
  search?: string;
  tasks?: 'open' | 'done';
}

/** Reads the view from an address that anybody may have typed: what it does not know it leaves out. */
export function readLeaversView(search: Record<string, unknown>): LeaversView {
  return {
    from: readDay(search.from),
    to: readDay(search.to),
    search:
      typeof search.search === 'string' && search.search !== '' ? search.search.slice(0, 200) : undefined,
    tasks: search.tasks === 'open' || search.tasks === 'done' ? search.tasks : undefined,
  };
}

export const nothingFiltered: LeaversView = {
  from: undefined,
  to: undefined,
  search: undefined,
  tasks: undefined,
};
