import type { ListNumbersQuery } from '@rollcall/contract/numbers';

export type NumberState = NonNullable<ListNumbersQuery['state']>;

/** What the list of numbers shows, as it stands in the address. */
export interface NumbersView {
  search?: string;
  state?: NumberState;
}

export const numberStates: NumberState[] = ['assigned', 'free'];

export function readNumbersView(search: Record<string, unknown>): NumbersView {
  const state = numberStates.find((one) => one === search.state);
  return {
    ...(typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {}),
    ...(state ? { state } : {}),
  };
}
