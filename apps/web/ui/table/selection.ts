import { useMemo, useState } from 'react';

/**
 * Which rows are chosen: some by key, or everything that matches the filters except some.
 * The second form is what a bulk action over rows that are not loaded sends to the server.
 */
export type SelectionState =
  | { mode: 'some'; keys: ReadonlySet<string> }
  | { mode: 'all'; except: ReadonlySet<string> };

export interface Selection {
  state: SelectionState;
  has(key: string): boolean;
  set(keys: string[], chosen: boolean): void;
  selectAll(): void;
  clear(): void;
  /** How many, given how many match. */
  count(total: number): number;
}

export const nothing: SelectionState = { mode: 'some', keys: new Set() };

export function isChosen(state: SelectionState, key: string): boolean {
  return state.mode === 'some' ? state.keys.has(key) : !state.except.has(key);
}

export function withKeys(state: SelectionState, keys: string[], chosen: boolean): SelectionState {
  const listed = new Set(state.mode === 'some' ? state.keys : state.except);
  const list = chosen === (state.mode === 'some');
  for (const key of keys) {
    if (list) listed.add(key);
    else listed.delete(key);
  }
  return state.mode === 'some' ? { mode: 'some', keys: listed } : { mode: 'all', except: listed };
}

export function chosenCount(state: SelectionState, total: number): number {
  return state.mode === 'some' ? state.keys.size : Math.max(0, total - state.except.size);
}

/** Holds the selection of one table; give it a new `key` on the component, or call clear, when filters change. */
export function useSelection(): Selection {
  const [state, setState] = useState<SelectionState>(nothing);
  return useMemo(
    () => ({
      state,
      has: (key) => isChosen(state, key),
      set: (keys, chosen) => setState((before) => withKeys(before, keys, chosen)),
      selectAll: () => setState({ mode: 'all', except: new Set() }),
      clear: () => setState(nothing),
      count: (total) => chosenCount(state, total),
    }),
    [state],
  );
}
