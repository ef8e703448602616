import type { SavedView, SavedViewInput } from '@rollcall/contract/saved-views';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { actingUserId, type Context } from '../context.ts';

type Line = Omit<SavedView, 'createdAt'> & { createdAt: Date };
const columns = sql`id, name, query, columns, created_at as "createdAt"`;
const viewOf = (line: Line): SavedView => ({ ...line, createdAt: line.createdAt.toISOString() });

/** Views are their owner's alone; nobody else gets to see them. */
function ownerOf(ctx: Context): string | null {
  requirePermission(ctx, 'users:read');
  return actingUserId(ctx.actor);
}

export async function listSavedViews(ctx: Context): Promise<SavedView[]> {
  const { rows } = await sql<Line>`
    select ${columns} from saved_views
    where organization_id = ${ctx.organizationId} and user_id = ${ownerOf(ctx)} order by fold(name)`.execute(
    ctx.tx,
  );
  return rows.map(viewOf);
}

export async function saveView(ctx: Context, input: SavedViewInput): Promise<SavedView> {
  const { rows } = await sql<Line>`
    insert into saved_views (organization_id, id, user_id, name, query, columns, created_at)
    values (${ctx.organizationId}, ${newId()}, ${ownerOf(ctx)}, ${input.name}, ${input.query}, ${input.columns}, ${ctx.now})
    on conflict do nothing returning ${columns}`.execute(ctx.tx);
  if (!rows[0]) throw duplicateName(input.name);
  await appendAuditEvents(ctx, [
    {
      action: 'saved_view.created',
      target: { kind: 'saved_view', id: rows[0].id, name: input.name },
      after: input,
    },
  ]);
  return viewOf(rows[0]);
}

export async function changeView(
  ctx: Context,
  id: string,
  input: Partial<SavedViewInput>,
): Promise<SavedView> {
  const { name = null, query = null, columns: chosen = null } = input;
  try {
    const { rows } = await sql<Line>`
      update saved_views set name = coalesce(${name}, name), query = coalesce(${query}, query),
        columns = coalesce(${chosen}::text[], columns)
      where organization_id = ${ctx.organizationId} and user_id = ${ownerOf(ctx)} and id = ${id}
      returning ${columns}`.execute(ctx.tx);
    if (!rows[0]) throw noSuchView();
    await appendAuditEvents(ctx, [
      { action: 'saved_view.updated', target: { kind: 'saved_view', id, name: rows[0].name }, after: input },
    ]);
    return viewOf(rows[0]);
  } catch (error) {
    throw (error as { constraint?: string }).constraint === 'saved_views_name' ? duplicateName(name!) : error;
  }
}

export async function deleteView(ctx: Context, id: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    delete from saved_views where organization_id = ${ctx.organizationId} and user_id = ${ownerOf(ctx)} and id = ${id}
    returning name`.execute(ctx.tx);
  if (!rows[0]) throw noSuchView();
  await appendAuditEvents(ctx, [
    { action: 'saved_view.deleted', target: { kind: 'saved_view', id, name: rows[0].name }, before: rows[0] },
  ]);
}

const noSuchView = () => new AppError('not_found', { detail: 'There is no such view of yours.' });

function duplicateName(name: string): AppError {
  const message = `You have a view named “${name}” already.`;
  const remedy = 'Choose another name, or change that view.';
  return new AppError('duplicate_name', {
    detail: `${message} ${remedy}`,
    fields: [{ field: 'name', message, remedy }],
  });
}
