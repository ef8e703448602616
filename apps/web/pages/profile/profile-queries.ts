import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

export const ownSessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await body(api.GET('/api/v1/sessions'))).items,
});
