import type { NumberView } from '@rollcall/contract/numbers';
import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';

type Row = Omit<NumberView, 'createdAt'> & { createdAt: Date };

/**
 * Numbers with who holds them, in the same statement.
 * @param page which numbers: a query that answers rows of `numbers`
 */
export async function selectNumbers(ctx: Context, page: RawBuilder<unknown>): Promise<NumberView[]> {
  const { rows } = await sql<Row>`
    with page as materialized (${page})
    select n.id, n.version, n.e164, n.label, n.created_at as "createdAt",
      case when u.id is not null then json_build_object('id', u.id, 'name', btrim(u.first_name || ' ' || u.last_name)) end as user,
      case when g.id is not null then json_build_object('id', g.id, 'name', g.name) end as "group",
      (select count(*) from users d where d.organization_id = n.organization_id and d.default_number_id = n.id) as "defaultOf"
    from page n
    left join users u on u.organization_id = n.organization_id and u.id = n.user_id
    left join groups g on g.organization_id = n.organization_id and g.id = n.group_id
    order by n.e164, n.id`.execute(ctx.tx);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
