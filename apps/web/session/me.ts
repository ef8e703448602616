import type { Permission } from '@rollcall/contract/permissions';
import type { Me } from '@rollcall/contract/sessions';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, body } from '../api/client.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => (await body(api.GET('/api/v1/me'))) as Me,
  staleTime: 60_000,
  retry: false,
});

/** Who is signed in; only behind sign-in, where the route has loaded it already. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the signed-in user may do this in the whole organization. The server decides again for itself. */
export function useAbility(ability: Permission): boolean {
  return useMe().abilities.includes(ability);
}
