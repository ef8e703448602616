import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../api/client.ts';
import type { components } from '../api/schema.gen.ts';

export type Availability = components['schemas']['Availability'];

export const availabilities: Availability['availability'][] = ['online', 'away', 'offline'];
export const availabilityTones = { online: 'good', away: 'warn', offline: 'idle' } as const;

export const availabilityQuery = queryOptions({
  queryKey: ['availability'],
  queryFn: () => body(api.GET('/api/v1/me/availability')),
  staleTime: 60_000,
});

/** Whether one takes calls oneself; undefined until it is known. */
export function useAvailability(): Availability | undefined {
  return useQuery(availabilityQuery).data;
}

export function useSetAvailability() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: { availability: Availability['availability']; awayReason?: string }) =>
      body(api.PUT('/api/v1/me/availability', { body: input })),
    onSuccess: (now) => queryClient.setQueryData(availabilityQuery.queryKey, now),
  });
}
