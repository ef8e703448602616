import { sql } from 'kysely';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';

/** A number that a leaver had: assigned to them, or only their default caller id. */
export interface ReleasedNumber {
  id: string;
  e164: string;
  label: string;
  userId: string;
  use: 'assigned' | 'default';
  becomes: 'handed_over' | 'freed' | 'cleared';
}

/**
 * Takes the numbers from users who leave: what was assigned to them goes to the successor or is free again, and their
 * default caller ids are cleared. The caller has asked for the permission.
 */
export async function releaseNumbers(
  ctx: Context,
  userIds: readonly string[],
  successorId: string | null,
): Promise<ReleasedNumber[]> {
  const users = [...userIds];
  const assigned = await sql<{ id: string; e164: string; label: string; user_id: string }>`
    with held as (
      select id, user_id from numbers
      where organization_id = ${ctx.organizationId} and user_id = any(${users}::uuid[]) order by id for update
    )
    update numbers n set user_id = ${successorId}::uuid, version = n.version + 1 from held h
    where n.organization_id = ${ctx.organizationId} and n.id = h.id
    returning n.id, n.e164, n.label, h.user_id`.execute(ctx.tx);
  const defaults = await sql<{ id: string; e164: string; label: string; user_id: string }>`
    with held as (
      select u.id, u.default_number_id from users u
      where u.organization_id = ${ctx.organizationId} and u.id = any(${users}::uuid[]) and u.default_number_id is not null
      order by u.id for no key update
    ), cleared as (
      update users u set default_number_id = null, version = u.version + 1, updated_at = ${ctx.now} from held h
      where u.organization_id = ${ctx.organizationId} and u.id = h.id
      returning u.id, h.default_number_id
    )
    select n.id, n.e164, n.label, c.id as user_id from cleared c
    join numbers n on n.organization_id = ${ctx.organizationId} and n.id = c.default_number_id`.execute(
    ctx.tx,
  );
  const becomes = successorId ? 'handed_over' : 'freed';
  await appendAuditEvents(
    ctx,
    assigned.rows.map((number) => ({
      action: successorId ? 'number.assigned' : 'number.freed',
      target: { kind: 'number', id: number.id, name: number.e164 },
      before: { userId: number.user_id },
      after: { userId: successorId },
    })),
  );
  return [
    ...assigned.rows.map((row) => ({ row, use: 'assigned' as const, becomes: becomes as 'freed' })),
    ...defaults.rows.map((row) => ({ row, use: 'default' as const, becomes: 'cleared' as const })),
  ].map(({ row: { user_id: userId, ...number }, ...rest }) => ({ ...number, userId, ...rest }));
}
