import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { type AgentsView, filtersOf } from './agents-view.ts';

/** Everything that lists, counts or shows agents begins with this key. */
export const usersKey = 'users';

export const agentsQuery = (view: AgentsView) => {
  const query = { ...filtersOf(view), sort: view.sort, direction: view.direction, limit: 200 };
  return infiniteQueryOptions({
    queryKey: [usersKey, 'list', query],
    queryFn: ({ pageParam: cursor, signal }) =>
      body(api.GET('/api/v1/users', { params: { query: { ...query, cursor } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
};

export const agentCountQuery = (view: AgentsView) => {
  const query = filtersOf(view);
  return queryOptions({
    queryKey: [usersKey, 'count', query],
    queryFn: async ({ signal }) =>
      (await body(api.GET('/api/v1/users/count', { params: { query }, signal }))).count,
    placeholderData: keepPreviousData,
  });
};

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: async () => (await body(api.GET('/api/v1/roles'))).items,
  staleTime: 60_000,
});

/** The first 200 groups by name, for choices. */
export const groupChoicesQuery = queryOptions({
  queryKey: ['groups', 'choices'],
  queryFn: async () => (await body(api.GET('/api/v1/groups', { params: { query: { limit: 200 } } }))).items,
  staleTime: 60_000,
});

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: async () => (await body(api.GET('/api/v1/saved-views'))).items,
  staleTime: 60_000,
});

export const departmentsQuery = queryOptions({
  queryKey: ['departments'],
  queryFn: async () => (await body(api.GET('/api/v1/users/departments'))).items,
  staleTime: 60_000,
});
