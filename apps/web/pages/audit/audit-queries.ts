import type { AuditCheckpoint, AuditEvent } from '@rollcall/contract/audit';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { type AuditView, auditFilters } from './audit-view.ts';

export const auditQuery = (view: AuditView) => {
  const query = { ...auditFilters(view), limit: 200 };
  return infiniteQueryOptions({
    queryKey: ['audit', 'list', query],
    queryFn: async ({ pageParam: cursor, signal }) =>
      (await body(api.GET('/api/v1/audit', { params: { query: { ...query, cursor } }, signal }))) as {
        items: AuditEvent[];
        nextCursor: string | null;
      },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
};

/** One event; asked again until it is sealed. */
export const auditEventQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit', 'event', id],
    queryFn: async ({ signal }) =>
      (await body(api.GET('/api/v1/audit/{id}', { params: { path: { id } }, signal }))) as AuditEvent,
    refetchInterval: ({ state }) => (state.data && state.data.seq === null ? 1000 : false),
  });

export const checkpointQuery = queryOptions({
  queryKey: ['audit-checkpoint'],
  queryFn: async () => (await body(api.GET('/api/v1/audit/checkpoint'))) as AuditCheckpoint,
  staleTime: 0,
  gcTime: 0,
});
