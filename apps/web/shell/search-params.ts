/** What stands behind the question mark: a parameter that is given several times is a list. */
export type SearchParams = Record<string, string | string[]>;

export function readSearch(query: string): SearchParams {
  const params = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const values = params.getAll(key);
      return [key, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}

/** The same written out, with its question mark; nothing and empty lists are left out. */
export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') params.append(key, String(one));
    }
  }
  const query = params.toString();
  return query && `?${query}`;
}
