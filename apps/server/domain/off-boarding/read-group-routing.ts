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

/** How many members of each of these groups can be called: the active ones. */
export async function countAvailable(ctx: Context, groupIds: Iterable<string>): Promise<Map<string, number>> {
  const groups = [...new Set(groupIds)];
  if (groups.length === 0) return new Map();
  const { rows } = await sql<{ id: string; available: number }>`
    select m.group_id as id, count(*) filter (where u.status = 'active') as available
    from group_members m join users u on u.organization_id = m.organization_id and u.id = m.user_id
    where m.organization_id = ${ctx.organizationId} and m.group_id = any(${groups}::uuid[])
    group by m.group_id`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row.available]));
}
