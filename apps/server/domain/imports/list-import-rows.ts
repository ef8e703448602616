import type { ImportRow, ListImportRowsQuery } from '@rollcall/contract/imports';
import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { loadImport } from './load-import.ts';

export interface ListedRow extends ImportRow {
  cells: string[] | null;
}

/** Rows of an import in the order of the file: what the preview says and what became of each. */
export async function listImportRows(
  ctx: Context,
  importId: string,
  query: ListImportRowsQuery,
): Promise<{ items: ImportRow[]; nextCursor: string | null }> {
  const { items, nextCursor } = await readRows(ctx, importId, query);
  return { items: items.map(({ cells: _, ...row }) => row), nextCursor };
}

/** The same with the cells as they stood in the file. */
export async function readRows(
  ctx: Context,
  importId: string,
  { cursor, limit, kind, outcome }: Omit<ListImportRowsQuery, 'limit'> & { limit: number },
): Promise<{ items: ListedRow[]; nextCursor: string | null }> {
  requirePermission(ctx, 'users:create');
  await loadImport(ctx, importId);
  const { rows } = await sql<ListedRow>`
    select p.position, r.position as row, r.line, r.cells, coalesce(p.kind, 'unchanged') as kind, ${outcomeOf} as outcome, p.name,
      p.sign_in_name as "signInName", coalesce(o.user_id, p.user_id) as "userId", coalesce(p.changes, '[]') as changes,
      coalesce(o.errors, p.errors, '[]') as errors, coalesce(p.warnings, '[]') as warnings, o.undo_note as "undoNote"
    from import_plans p
    left join lateral (select * from import_rows r where r.organization_id = p.organization_id
      and r.import_id = p.import_id and r.position = p.position offset 0) r on true
    left join lateral (select * from import_outcomes o where o.organization_id = p.organization_id
      and o.import_id = p.import_id and o.position = p.position offset 0) o on true
    where p.organization_id = ${ctx.organizationId} and p.import_id = ${importId} and p.kind is not null
      and p.position > ${cursor === undefined ? 0 : readCursor(cursor)}
      ${kind === undefined ? sql`` : sql`and p.kind = ${kind}`}
      ${outcome === undefined ? sql`` : sql`and ${outcomeOf} = ${outcome}`}
    order by p.position limit ${limit + 1}`.execute(ctx.tx);
  return {
    items: rows.slice(0, limit),
    nextCursor: rows.length > limit ? String(rows[limit - 1]!.position) : null,
  };
}

/** Who is unchanged or was refused in the preview has an outcome from then on. */
const outcomeOf: RawBuilder<string> = sql`
  coalesce(o.outcome, case p.kind when 'refused' then 'refused' when 'unchanged' then 'done' else 'pending' end)`;

function readCursor(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new AppError('invalid_cursor', {
    detail: 'This cursor is of another list. Begin with the first page.',
  });
}
