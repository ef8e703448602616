import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { lockGroup } from './update-group.ts';

/** Removes a group with its memberships. @throws AppError `group_in_use` while numbers ring there; `not_found` */
export async function deleteGroup(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'groups:manage');
  const group = await lockGroup(ctx, id, null);
  const { rows: numbers } = await sql<{ e164: string }>`
    select e164 from numbers where organization_id = ${ctx.organizationId} and group_id = ${id}
    order by e164`.execute(ctx.tx);
  if (numbers.length > 0) {
    throw new AppError('group_in_use', {
      detail: `Calls to ${numbers.map((number) => number.e164).join(', ')} ring in ${group.name}. Free these numbers or assign them elsewhere first.`,
    });
  }
  const { rows: members } = await sql<{ user_id: string }>`
    delete from group_members where organization_id = ${ctx.organizationId} and group_id = ${id}
    returning user_id`.execute(ctx.tx);
  await sql`delete from groups where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  await appendAuditEvents(ctx, [
    {
      action: 'group.deleted',
      target: { kind: 'group', id, name: group.name },
      before: {
        name: group.name,
        ringStrategy: group.ringStrategy,
        memberIds: members.map((member) => member.user_id),
      },
    },
  ]);
}
