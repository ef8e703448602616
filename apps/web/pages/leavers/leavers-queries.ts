import type { OffBoardingRow } from '@rollcall/contract/off-boarding';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { LeaversView } from './leavers-view.ts';

interface LeaversPage {
  items: OffBoardingRow[];
  nextCursor: string | null;
}

async function readPage(
  view: LeaversView,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<LeaversPage> {
  const query = { ...view, cursor, limit: 200 };
  return (await body(api.GET('/api/v1/off-boardings', { params: { query }, signal }))) as LeaversPage;
}

export const leaversQuery = (view: LeaversView) =>
  infiniteQueryOptions({
    queryKey: ['leavers', 'list', view],
    queryFn: ({ pageParam, signal }) => readPage(view, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

const mostPages = 10;

/** The newest of a period, as many as the picture above the register is drawn from. */
export const leaversFiguresQuery = (view: LeaversView) =>
  queryOptions({
    queryKey: ['leavers', 'figures', view],
    queryFn: async ({ signal }) => {
      const rows: OffBoardingRow[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page += 1) {
        const { items, nextCursor } = await readPage(view, cursor, signal);
        rows.push(...items);
        if (nextCursor === null) return { rows, complete: true };
        cursor = nextCursor;
      }
      return { rows, complete: false };
    },
    placeholderData: keepPreviousData,
  });
