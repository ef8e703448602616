import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { MailsView } from './mail-view.ts';

/** Everything that shows outgoing mail begins with this key. */
export const mailKey = 'mail';

export const mailOverviewQuery = queryOptions({
  queryKey: [mailKey, 'overview'],
  queryFn: () => body(api.GET('/api/v1/mail')),
});

export const mailsQuery = ({ state }: MailsView) =>
  infiniteQueryOptions({
    queryKey: [mailKey, 'list', state ?? []],
    queryFn: ({ pageParam: cursor, signal }) =>
      body(api.GET('/api/v1/mail/messages', { params: { query: { state, cursor, limit: 50 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** With its content. That it was read stands in the audit, hence only when somebody opens it, and once. */
export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ['mail-content', id],
    queryFn: () => body(api.GET('/api/v1/mail/{id}', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** How a mail stands, without reading it. */
export async function findMail(id: string) {
  const page = await body(api.GET('/api/v1/mail/messages', { params: { query: { limit: 50 } } }));
  return page.items.find((mail) => mail.id === id);
}
