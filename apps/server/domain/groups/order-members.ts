import type { GroupView } from '@rollcall/contract/groups';
import { sql } from 'kysely';
import { invalidField } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { readGroup } from './read-group.ts';
import { lockGroup } from './update-group.ts';

/** Puts these members first, in this order; the others keep theirs behind them. @throws AppError `invalid_input` */
export async function orderMembers(
  ctx: Context,
  groupId: string,
  userIds: readonly string[],
): Promise<GroupView> {
  requirePermission(ctx, 'groups:manage');
  const group = await lockGroup(ctx, groupId, null);
  const given = [...new Set(userIds)];
  const { rows } = await sql<{ user_id: string }>`
    select user_id from group_members where organization_id = ${ctx.organizationId} and group_id = ${groupId}
    order by position, user_id for update`.execute(ctx.tx);
  const before = rows.map((row) => row.user_id);
  const stranger = given.find((id) => !before.includes(id));
  if (stranger)
    throw invalidField(
      `userIds.${userIds.indexOf(stranger)}`,
      'This agent is not a member of the group.',
      'Add them first.',
    );
  const named = new Set(given);
  const after = [...given, ...before.filter((id) => !named.has(id))];
  await sql`
    update group_members m set position = o.position
    from unnest(${after}::uuid[]) with ordinality as o(user_id, position)
    where m.organization_id = ${ctx.organizationId} and m.group_id = ${groupId} and m.user_id = o.user_id
      and m.position <> o.position`.execute(ctx.tx);
  await sql`update groups set version = version + 1 where organization_id = ${ctx.organizationId} and id = ${groupId}`.execute(
    ctx.tx,
  );
  await appendAuditEvents(ctx, [
    {
      action: 'group.updated',
      target: { kind: 'group', id: groupId, name: group.name },
      before: { order: before },
      after: { order: after },
    },
  ]);
  return readGroup(ctx, groupId);
}
