import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { NumbersView } from './numbers-view.ts';

/** Everything that lists or shows phone numbers begins with this key. */
export const numbersKey = 'numbers';

export const numbersQuery = (view: NumbersView) =>
  infiniteQueryOptions({
    queryKey: [numbersKey, 'list', view],
    queryFn: ({ pageParam: cursor, signal }) =>
      body(api.GET('/api/v1/numbers', { params: { query: { ...view, cursor, limit: 100 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
