import type {
  ImportRow,
  ImportRowKind,
  ImportRowOutcome,
  ImportState,
  ImportUndoPreview,
  ImportView,
} from '@rollcall/contract/imports';
import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

/** Everything that shows imports begins with this key. */
export const importsKey = 'imports';

const running: ImportState[] = ['previewing', 'applying', 'undoing'];

export const isRunning = (state: ImportState | undefined): boolean =>
  state !== undefined && running.includes(state);

export const importsQuery = infiniteQueryOptions({
  queryKey: [importsKey, 'list'],
  queryFn: ({ pageParam: cursor, signal }) =>
    body(api.GET('/api/v1/imports', { params: { query: { cursor, limit: 100 } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  refetchInterval: ({ state }) =>
    state.data?.pages.some((page) => page.items.some((one) => isRunning(one.state))) ? 2000 : false,
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [importsKey, id],
    queryFn: async ({ signal }) =>
      (await body(api.GET('/api/v1/imports/{id}', { params: { path: { id } }, signal }))) as ImportView,
    refetchInterval: ({ state }) => (isRunning(state.data?.state) ? 700 : false),
  });

export interface RowFilter {
  kind?: ImportRowKind;
  outcome?: ImportRowOutcome;
}

export const importRowsQuery = (id: string, filter: RowFilter) =>
  infiniteQueryOptions({
    queryKey: [importsKey, id, 'rows', filter],
    queryFn: async ({ pageParam: cursor, signal }) =>
      (await body(
        api.GET('/api/v1/imports/{id}/rows', {
          params: { path: { id }, query: { ...filter, cursor, limit: 200 } },
          signal,
        }),
      )) as { items: ImportRow[]; nextCursor: string | null },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const undoPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: [importsKey, id, 'undo'],
    queryFn: async () =>
      (await body(
        api.GET('/api/v1/imports/{id}/undo/preview', { params: { path: { id } } }),
      )) as ImportUndoPreview,
    staleTime: 0,
    gcTime: 0,
  });

export async function uploadFile(file: File, encoding?: string): Promise<string> {
  const form = new FormData();
  form.append('file', file);
  const call = api.POST('/api/v1/imports', {
    params: { query: { encoding: encoding as 'utf-8' | undefined } },
    body: form as never,
    bodySerializer: (given: unknown) => given as FormData,
  });
  return (await body(call)).id;
}

/** What a step has answered is what is shown; the rows are read again. */
export function takeImport(queryClient: QueryClient, view: ImportView): void {
  queryClient.setQueryData(importQuery(view.id).queryKey, view);
  void queryClient.invalidateQueries({ queryKey: [importsKey, view.id, 'rows'] });
  void queryClient.invalidateQueries({ queryKey: [importsKey, 'list'] });
}
