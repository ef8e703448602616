import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: () => body(api.GET('/api/v1/home')),
});
