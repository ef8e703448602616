import type { GroupRow } from '@rollcall/contract/groups';
import { sql } from 'kysely';
import { readCursor, writeCursor } from '../../platform/paging.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { selectGroups } from './select-groups.ts';

/** A page of the groups by name, with how many members each has and how many of them can be called. */
export async function listGroups(
  ctx: Context,
  query: { search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: GroupRow[]; nextCursor: string | null }> {
  requirePermission(ctx, 'groups:read');
  const [name, id] = readCursor(query.cursor, ['text', 'uuid']) ?? [];
  const search = query.search?.trim() || null;
  const rows = await selectGroups(
    ctx,
    sql`select * from groups where organization_id = ${ctx.organizationId}
      and (${search}::text is null or position(fold(${search}::text) in name_key) > 0)
      and (${id ?? null}::uuid is null or (name_key, id) > (fold(${name ?? null}::text), ${id ?? null}::uuid))
      order by name_key, id limit ${query.limit + 1}`,
  );
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > query.limit ? writeCursor([last.name, last.id]) : null };
}
