/** A list that is only searched: what was typed stands in the address. */
export function readSearchText(search: Record<string, unknown>): { search?: string } {
  return typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {};
}
