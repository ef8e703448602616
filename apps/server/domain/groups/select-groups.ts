import type { GroupRow } from '@rollcall/contract/groups';
import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';

type Row = Omit<GroupRow, 'createdAt'> & { createdAt: Date };

/**
 * Groups with the numbers of their members, counted in the same statement.
 * @param page which groups, and in what order: a query that answers rows of `groups`
 */
export async function selectGroups(ctx: Context, page: RawBuilder<unknown>): Promise<GroupRow[]> {
  const { rows } = await sql<Row>`
    with page as materialized (${page})
    select g.id, g.version, g.name, g.ring_strategy as "ringStrategy", g.created_at as "createdAt",
      m.members as "memberCount", m.available as "availableCount", m.online as "onlineCount"
    from page g
    cross join lateral (
      select count(*) as members, count(*) filter (where u.status = 'active') as available,
        count(*) filter (where u.status = 'active' and u.availability = 'online') as online
      from group_members gm join users u on u.organization_id = gm.organization_id and u.id = gm.user_id
      where gm.organization_id = ${ctx.organizationId} and gm.group_id = g.id and u.withdrawn_at is null) m
    order by g.name_key, g.id`.execute(ctx.tx);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
