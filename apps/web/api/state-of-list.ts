import type { UseInfiniteQueryResult } from '@tanstack/react-query';

/** What a table shows of a list that comes page by page: whether it is there, what went wrong, and how to get more. */
export function stateOfList(list: UseInfiniteQueryResult) {
  return {
    status: list.data ? 'ready' : list.isError ? 'error' : 'loading',
    error: list.error,
    onRetry: () => void list.refetch(),
    more: {
      has: list.hasNextPage,
      loading: list.isFetchingNextPage,
      load: () => void list.fetchNextPage(),
      error: list.isFetchNextPageError ? list.error : undefined,
    },
  } as const;
}
