import { sql } from 'kysely';
import type { Context } from '../context.ts';

export interface Membership {
  userId: string;
  groupId: string;
  groupName: string;
}

/** The groups that these users are in. The memberships stay; what ends is being called through them. */
export async function readMemberships(ctx: Context, userIds: readonly string[]): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    select m.user_id as "userId", g.id as "groupId", g.name as "groupName"
    from group_members m join groups g on g.organization_id = m.organization_id and g.id = m.group_id
    where m.organization_id = ${ctx.organizationId} and m.user_id = any(${[...userIds]}::uuid[])
    order by g.name_key, g.id`.execute(ctx.tx);
  return rows;
}

/** Past so many it makes no difference how many are left, and a large group is not read from end to end. */
const mostCounted = 100;

/** How many members of each of these groups can be called: the active ones, counted up to a hundred. */
export async function countAvailable(ctx: Context, groupIds: Iterable<string>): Promise<Map<string, number>> {
  const groups = [...new Set(groupIds)];
  if (groups.length === 0) return new Map();
  const { rows } = await sql<{ id: string; available: number }>`
    select g.id, (select count(*) from (
      select from group_members m join users u on u.organization_id = m.organization_id and u.id = m.user_id
      where m.organization_id = ${ctx.organizationId} and m.group_id = g.id and u.status = 'active'
      limit ${mostCounted}) m) as available
    from unnest(${groups}::uuid[]) as g(id)`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row.available]));
}
