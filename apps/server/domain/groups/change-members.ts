import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { clearUnusableDefaults } from '../numbers/require-usable-number.ts';
import type { Outcome } from '../outcome.ts';

/** Puts a user into a group, at its end, or takes one out. */
export interface MemberChange {
  groupId: string;
  userId: string;
  change: 'add' | 'remove';
}

interface Found {
  group_id: string;
  user_id: string;
  group_name: string | null;
  user_name: string | null;
}

/**
 * Changes memberships of any users in any groups, in the order given. `changed` is false where it was so already.
 * @returns an outcome for each change, in their order; refused with `not_found`
 */
export async function changeMembers(
  ctx: Context,
  changes: readonly MemberChange[],
): Promise<Outcome<{ changed: boolean }>[]> {
  requirePermission(ctx, 'groups:manage');
  if (changes.length === 0) return [];
  const names = await lockAndName(ctx, changes);
  const possible = changes.filter((change) => {
    const found = names.get(keyOf(change))!;
    return found.group_name !== null && found.user_name !== null;
  });
  const removed = await removeMembers(
    ctx,
    possible.filter(({ change }) => change === 'remove'),
  );
  const added = await addMembers(
    ctx,
    possible.filter(({ change }) => change === 'add'),
  );
  await audit(ctx, names, removed, added);
  if (removed.size > 0) {
    const users = changes.filter((change) => change.change === 'remove' && removed.has(keyOf(change)));
    await clearUnusableDefaults(ctx, { userIds: users.map((change) => change.userId) });
  }
  return changes.map((change) => {
    const { group_name, user_name } = names.get(keyOf(change))!;
    if (group_name === null) return refused('groupId', 'There is no group with this id.');
    if (user_name === null) return refused('userId', 'There is no agent with this id.');
    return { ok: true, changed: (change.change === 'add' ? added : removed).has(keyOf(change)) };
  });
}

const keyOf = ({ groupId, userId }: { groupId: string; userId: string }) => `${groupId} ${userId}`;

function refused(field: string, message: string): Outcome<never> {
  return { ok: false, error: new AppError('not_found', { detail: message, fields: [{ field, message }] }) };
}

/** Locks the groups in id order, so that two changes of one group follow each other, and reads all names. */
async function lockAndName(ctx: Context, changes: readonly MemberChange[]): Promise<Map<string, Found>> {
  await sql`
    select 1 from groups where organization_id = ${ctx.organizationId}
      and id = any(${[...new Set(changes.map((change) => change.groupId))]}::uuid[])
    order by id for no key update`.execute(ctx.tx);
  const { rows } = await sql<Found>`
    select c.group_id, c.user_id, g.name as group_name, btrim(u.first_name || ' ' || u.last_name) as user_name
    from json_to_recordset(${pairs(changes)}::json) as c(group_id uuid, user_id uuid)
    left join groups g on g.organization_id = ${ctx.organizationId} and g.id = c.group_id
    left join users u on u.organization_id = ${ctx.organizationId} and u.id = c.user_id and u.withdrawn_at is null`.execute(
    ctx.tx,
  );
  return new Map(rows.map((row) => [keyOf({ groupId: row.group_id, userId: row.user_id }), row]));
}

const pairs = (changes: readonly MemberChange[]) =>
  JSON.stringify(changes.map(({ groupId, userId }) => ({ group_id: groupId, user_id: userId })));

async function removeMembers(ctx: Context, changes: readonly MemberChange[]): Promise<Set<string>> {
  if (changes.length === 0) return new Set();
  const { rows } = await sql<{ group_id: string; user_id: string }>`
    delete from group_members m using json_to_recordset(${pairs(changes)}::json) as c(group_id uuid, user_id uuid)
    where m.organization_id = ${ctx.organizationId} and m.group_id = c.group_id and m.user_id = c.user_id
    returning m.group_id, m.user_id`.execute(ctx.tx);
  return new Set(rows.map((row) => keyOf({ groupId: row.group_id, userId: row.user_id })));
}

async function addMembers(ctx: Context, changes: readonly MemberChange[]): Promise<Set<string>> {
  if (changes.length === 0) return new Set();
  const groups = [...new Set(changes.map((change) => change.groupId))];
  const { rows } = await sql<{ group_id: string; user_id: string }>`
    with last as (
      select group_id, max(position) as position from group_members
      where organization_id = ${ctx.organizationId} and group_id = any(${groups}::uuid[]) group by group_id
    )
    insert into group_members (organization_id, group_id, user_id, position, added_at)
    select ${ctx.organizationId}::uuid, c.group_id, c.user_id,
      coalesce(l.position, 0) + row_number() over (partition by c.group_id order by c.place), ${ctx.now}
    from rows from (json_to_recordset(${pairs(changes)}::json) as (group_id uuid, user_id uuid))
      with ordinality as c(group_id, user_id, place)
    left join last l on l.group_id = c.group_id
    on conflict (organization_id, group_id, user_id) do nothing
    returning group_id, user_id`.execute(ctx.tx);
  return new Set(rows.map((row) => keyOf({ groupId: row.group_id, userId: row.user_id })));
}

async function audit(
  ctx: Context,
  names: ReadonlyMap<string, Found>,
  removed: ReadonlySet<string>,
  added: ReadonlySet<string>,
): Promise<void> {
  const entry = (action: 'group.member_added' | 'group.member_removed', key: string) => {
    const { group_id, group_name, user_id, user_name } = names.get(key)!;
    const group = { id: group_id, name: group_name };
    return {
      action,
      target: { kind: 'user' as const, id: user_id, name: user_name! },
      ...(action === 'group.member_added' ? { after: { group } } : { before: { group } }),
    };
  };
  await appendAuditEvents(ctx, [
    ...[...removed].map((key) => entry('group.member_removed', key)),
    ...[...added].map((key) => entry('group.member_added', key)),
  ]);
}
