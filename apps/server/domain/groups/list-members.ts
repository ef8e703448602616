import type { GroupMember } from '@rollcall/contract/groups';
import { sql } from 'kysely';
import { pageOfRows, readCursor } from '../../platform/paging.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { noSuchGroup } from './read-group.ts';

/** A page of a group's members in their order. @throws AppError `not_found` */
export async function listMembers(
  ctx: Context,
  groupId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: GroupMember[]; nextCursor: string | null }> {
  requirePermission(ctx, 'groups:read');
  const group = await sql`
    select 1 from groups where organization_id = ${ctx.organizationId} and id = ${groupId}`.execute(ctx.tx);
  if (group.rows.length === 0) throw noSuchGroup();
  const [position, id] = readCursor(query.cursor, ['integer', 'uuid']) ?? [];
  const { rows } = await sql<Omit<GroupMember, 'addedAt'> & { addedAt: Date }>`
    select u.id as "userId", u.first_name as "firstName", u.last_name as "lastName", u.sign_in_name as "signInName",
      u.status, u.availability, u.status = 'active' as available, m.position, m.added_at as "addedAt"
    from group_members m join users u on u.organization_id = m.organization_id and u.id = m.user_id
    where m.organization_id = ${ctx.organizationId} and m.group_id = ${groupId} and u.withdrawn_at is null
      and (${id ?? null}::uuid is null or (m.position, m.user_id) > (${position ?? null}::integer, ${id ?? null}::uuid))
    order by m.position, m.user_id limit ${query.limit + 1}`.execute(ctx.tx);
  const page = pageOfRows(rows, query.limit, (row) => [String(row.position), row.userId]);
  return { ...page, items: page.items.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() })) };
}
