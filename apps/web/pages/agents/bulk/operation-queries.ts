import type { Operation, RowOutcome } from '@rollcall/contract/operations';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../../api/client.ts';

export const isOpen = (operation: Operation | undefined): boolean =>
  operation?.state === 'queued' || operation?.state === 'running';

export const operationQuery = (id: string) =>
  queryOptions({
    queryKey: ['operations', id],
    queryFn: async () =>
      (await body(api.GET('/api/v1/operations/{id}', { params: { path: { id } } }))) as Operation,
    refetchInterval: (query) => (isOpen(query.state.data) ? 1000 : false),
  });

export const operationRowsQuery = (id: string, outcome: RowOutcome | undefined) =>
  infiniteQueryOptions({
    queryKey: ['operations', id, 'rows', outcome],
    queryFn: ({ pageParam: cursor }) =>
      body(
        api.GET('/api/v1/operations/{id}/rows', {
          params: { path: { id }, query: { outcome, cursor, limit: 200 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
