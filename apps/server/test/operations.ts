import type { Operation, OperationRow } from '@rollcall/contract/operations';
import { sql } from 'kysely';
import { runOperation } from '../domain/operations/operations.workers.ts';
import { newId } from '../platform/ids.ts';
import type { Harness, TestOrganization } from './harness.ts';

/** Starts, runs and reads bulk actions as the administrator of an organization does. */
export function operationsOn(harness: Harness) {
  return {
    start: (organization: TestOrganization, body: object) =>
      organization.administrator.request('POST', '/api/v1/operations', body),
    run: (organization: TestOrganization, { id: operationId }: Pick<Operation, 'id'>) =>
      runOperation(harness.deps, { organizationId: organization.id, operationId }),
    read: async (organization: TestOrganization, id: string): Promise<Operation> =>
      (await organization.administrator.request('GET', `/api/v1/operations/${id}`)).json(),
    rowsOf: async (organization: TestOrganization, id: string, query = ''): Promise<OperationRow[]> =>
      (await organization.administrator.request('GET', `/api/v1/operations/${id}/rows${query}`)).json().items,
  };
}

export async function addGroup(organization: TestOrganization, name = 'Support'): Promise<string> {
  return (await organization.administrator.request('POST', '/api/v1/groups', { name })).json().id;
}

/** Many users at once, without sessions. */
export async function addUsers(organization: TestOrganization, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  await organization.context((ctx) =>
    sql`insert into users (organization_id, id, sign_in_name, sign_in_key, first_name, last_name, status, accepted_at)
      select ${organization.id}::uuid, id, id::text, id::text, 'Bulk', n::text, 'active', rollcall_now()
      from unnest(${ids}::uuid[]) with ordinality as u(id, n)`.execute(ctx.tx),
  );
  return ids;
}
