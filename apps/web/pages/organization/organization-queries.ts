import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

export const organizationQuery = queryOptions({
  queryKey: ['organization'],
  queryFn: () => body(api.GET('/api/v1/organization')),
});
