import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';

/**
 * The cells of row `p.position`, null for somebody who is not in the file. A subquery and no join: of a table that was
 * filled a moment ago the planner knows nothing, and would join it row by row to all the others.
 */
export function cellsOf(ctx: Context, importId: string): RawBuilder<string[] | null> {
  return sql<string[] | null>`(select r.cells from import_rows r
    where r.organization_id = ${ctx.organizationId} and r.import_id = ${importId} and r.position = p.position)`;
}
