import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

/** Everything that lists API keys begins with this key. */
export const apiKeysKey = 'api-keys';
export type Owner = 'own' | 'all';

export const apiKeysQuery = (owner: Owner) =>
  infiniteQueryOptions({
    queryKey: [apiKeysKey, owner],
    queryFn: ({ pageParam: cursor, signal }) =>
      body(api.GET('/api/v1/api-keys', { params: { query: { owner, cursor, limit: 100 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
