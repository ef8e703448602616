import type { RingStrategy } from '@rollcall/contract/groups';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

/** Everything that lists, counts or shows groups begins with this key. */
export const groupsKey = 'groups';

export const ringStrategies: RingStrategy[] = ['all_at_once', 'round_robin', 'longest_idle', 'random'];

export const groupsQuery = (search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [groupsKey, 'list', search ?? ''],
    queryFn: ({ pageParam: cursor, signal }) =>
      body(api.GET('/api/v1/groups', { params: { query: { search, cursor, limit: 100 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: [groupsKey, 'one', id],
    queryFn: () => body(api.GET('/api/v1/groups/{id}', { params: { path: { id } } })),
  });

export const membersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [groupsKey, 'members', id],
    queryFn: ({ pageParam: cursor }) =>
      body(
        api.GET('/api/v1/groups/{id}/members', {
          params: { path: { id }, query: { cursor, limit: 200 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** Adds and removes members; with `preview` nothing happens, and the answer is the same. */
export const changeMembers = (id: string, change: { add?: string[]; remove?: string[]; preview?: boolean }) =>
  body(
    api.POST('/api/v1/groups/{id}/members', {
      params: { path: { id } },
      body: { preview: false, ...change },
    }),
  );
