import type { Webhook, WebhookCreated, WebhookInput, WebhookPatch } from '@rollcall/contract/webhooks';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

const key = ['webhooks'];

export const webhooksQuery = queryOptions({
  queryKey: key,
  queryFn: async ({ signal }) => (await body(api.GET('/api/v1/webhooks', { signal }))).items as Webhook[],
  // Deliveries are no event of the audit, so nothing tells of them.
  refetchInterval: 5000,
});

const path = (id: string) => ({ params: { path: { id } } });

/** What can be done with destinations; the list is read again after each. */
export function useWebhookActions() {
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: key });
  return {
    add: useMutation({
      mutationFn: async (input: WebhookInput) =>
        (await body(api.POST('/api/v1/webhooks', { body: input }))) as WebhookCreated,
      onSettled,
    }),
    change: useMutation({
      mutationFn: ({ id, ...patch }: WebhookPatch & { id: string }) =>
        body(api.PATCH('/api/v1/webhooks/{id}', { ...path(id), body: patch })),
      onSettled,
    }),
    test: useMutation({
      mutationFn: (id: string) => body(api.POST('/api/v1/webhooks/{id}/test', path(id))),
    }),
    rotate: useMutation({
      mutationFn: async (id: string) =>
        (await body(api.POST('/api/v1/webhooks/{id}/rotate-secret', path(id)))) as WebhookCreated,
      onSettled,
    }),
    replay: useMutation({
      mutationFn: ({ id, afterSeq }: { id: string; afterSeq: number }) =>
        body(api.POST('/api/v1/webhooks/{id}/replay', { ...path(id), body: { afterSeq } })),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (id: string) => api.DELETE('/api/v1/webhooks/{id}', path(id)),
      onSettled,
    }),
  };
}
