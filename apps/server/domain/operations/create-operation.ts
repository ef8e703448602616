import type { CreateOperationInput } from '@rollcall/contract/operations';
import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import { requesterOf } from '../access/act-for-requester.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { checkOperation } from './check-operation.ts';
import { selectUsers } from './select-users.ts';

/**
 * Queues a bulk action; it begins when this transaction has committed.
 * @param previewed whom the preview was for, where it was confirmed; else the selection is looked up now
 * @returns the id of the operation
 */
export async function createOperation(
  ctx: Context,
  input: CreateOperationInput,
  previewed?: readonly string[],
): Promise<string> {
  const userIds = previewed ?? (await selectUsers(ctx, input.selection));
  const reason = await checkOperation(ctx, input, userIds);
  const id = newId();
  const by = requesterOf(ctx);
  await sql`
    insert into operations (organization_id, id, kind, parameters, reason, requested_by, requested_key,
      requested_by_name, request_id, total, created_at, touched_at)
    values (${ctx.organizationId}, ${id}, ${input.kind}, ${JSON.stringify(input.parameters)}::jsonb, ${reason},
      ${by.requested_by}::uuid, ${by.requested_key}::uuid, ${by.requested_by_name}, ${by.request_id},
      ${userIds.length}, ${ctx.now}, ${ctx.now})`.execute(ctx.tx);
  await sql`
    insert into operation_rows (organization_id, operation_id, position, user_id)
    select ${ctx.organizationId}::uuid, ${id}::uuid, position - 1, user_id
    from unnest(${[...userIds]}::uuid[]) with ordinality as u(user_id, position)`.execute(ctx.tx);
  await appendAuditEvents(ctx, [
    {
      action: 'operation.started',
      target: { kind: 'operation', id, name: input.kind },
      after: { kind: input.kind, parameters: input.parameters, users: userIds.length },
      ...(reason === null ? {} : { reason }),
    },
  ]);
  await ctx.enqueue('run-operation', [{ organizationId: ctx.organizationId, operationId: id }]);
  return id;
}
