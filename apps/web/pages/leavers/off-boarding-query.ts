import type { OffBoarding } from '@rollcall/contract/off-boarding';
import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

export const offBoardingQuery = (id: string) =>
  queryOptions({
    queryKey: ['off-boardings', id],
    queryFn: async () =>
      (await body(api.GET('/api/v1/off-boardings/{id}', { params: { path: { id } } }))) as OffBoarding,
    // A transaction begun after the commit looks whether anything is left: a moment later the answer is there.
    refetchInterval: (query) => (query.state.data && !query.state.data.times.verified ? 2000 : false),
  });
