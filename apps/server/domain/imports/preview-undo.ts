import type { ImportUndoPreview } from '@rollcall/contract/imports';
import { sql } from 'kysely';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { loadImport } from './load-import.ts';
import { undoUntil } from './read-import.ts';

const mostNamed = 50;

/** What undoing would do at this moment: whom it withdraws, and who stays because they have accepted or left since. */
export async function previewUndo(ctx: Context, id: string): Promise<ImportUndoPreview> {
  requirePermission(ctx, 'users:create');
  const found = await loadImport(ctx, id);
  const until = undoUntil(found);
  const { rows } = await sql<ImportUndoPreview['stays'][number] & { total: number }>`
    select u.id, btrim(u.first_name || ' ' || u.last_name) as name,
      case when u.status = 'inactive' then 'deactivated' else 'accepted' end as why, count(*) over () as total
    from import_outcomes o
    join import_plans p on p.organization_id = o.organization_id and p.import_id = o.import_id and p.position = o.position
    join users u on u.organization_id = o.organization_id and u.id = o.user_id
    where o.organization_id = ${ctx.organizationId} and o.import_id = ${id} and o.outcome = 'done' and p.kind = 'create'
      and u.withdrawn_at is null and (u.accepted_at is not null or u.status in ('active', 'inactive'))
    order by name, u.id limit ${mostNamed}`.execute(ctx.tx);
  const counted = await sql<{ kind: string; count: number }>`
    select p.kind, count(*) from import_outcomes o
    join import_plans p on p.organization_id = o.organization_id and p.import_id = o.import_id and p.position = o.position
    where o.organization_id = ${ctx.organizationId} and o.import_id = ${id} and o.outcome = 'done' group by p.kind`.execute(
    ctx.tx,
  );
  const {
    create = 0,
    change = 0,
    deactivate = 0,
  } = Object.fromEntries(counted.rows.map(({ kind, count }) => [kind, count]));
  const staysCount = rows[0]?.total ?? 0;
  return {
    possible: until !== null && until >= ctx.now,
    withdrawn: create - staysCount,
    restored: change,
    reactivated: deactivate,
    staysCount,
    stays: rows.map(({ total: _, ...user }) => user),
  };
}
