import type { UserProfile } from '@rollcall/contract/users';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { usersKey } from '../agents/agents-queries.ts';

const path = (id: string) => ({ params: { path: { id } } });

export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: [usersKey, id],
    queryFn: async () => (await body(api.GET('/api/v1/users/{id}', path(id)))) as UserProfile,
  });

export const invitationsQuery = (id: string) =>
  queryOptions({
    queryKey: [usersKey, id, 'invitations'],
    queryFn: async () => (await body(api.GET('/api/v1/users/{id}/invitations', path(id)))).items,
    // While a mail is on its way its state changes by itself.
    refetchInterval: (query) => (query.state.data?.[0]?.state === 'queued' ? 2000 : false),
  });

export const sessionsQuery = (id: string) =>
  queryOptions({
    queryKey: [usersKey, id, 'sessions'],
    queryFn: async () => (await body(api.GET('/api/v1/users/{id}/sessions', path(id)))).items,
  });

export const keysQuery = (id: string) =>
  queryOptions({
    queryKey: [usersKey, id, 'api-keys'],
    queryFn: async () => (await body(api.GET('/api/v1/users/{id}/api-keys', path(id)))).items,
  });

export const diagnosisQuery = (id: string) =>
  queryOptions({
    queryKey: [usersKey, id, 'sign-in-diagnosis'],
    queryFn: () => body(api.GET('/api/v1/users/{id}/sign-in-diagnosis', path(id))),
  });

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: [usersKey, id, 'history'],
    queryFn: () => body(api.GET('/api/v1/users/{id}/history', path(id))),
  });

export const offBoardingsQuery = (id: string) =>
  queryOptions({
    queryKey: [usersKey, id, 'off-boardings'],
    queryFn: async () => (await body(api.GET('/api/v1/users/{id}/off-boardings', path(id)))).items,
  });

export const auditOfQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [usersKey, id, 'audit'],
    queryFn: ({ pageParam: cursor }) =>
      body(api.GET('/api/v1/audit', { params: { query: { target: id, cursor, limit: 50 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** The first 200 numbers that nobody has. */
export const freeNumbersQuery = queryOptions({
  queryKey: ['numbers', 'free'],
  queryFn: async () =>
    (await body(api.GET('/api/v1/numbers', { params: { query: { state: 'free', limit: 200 } } }))).items,
});

/** What somebody can call out with: their own numbers and those of their groups. */
export const usableNumbersQuery = (id: string) =>
  queryOptions({
    queryKey: ['numbers', 'usable', id],
    queryFn: async () =>
      (await body(api.GET('/api/v1/numbers', { params: { query: { usableBy: id, limit: 200 } } }))).items,
  });
