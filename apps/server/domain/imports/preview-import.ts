import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requesterOf } from '../access/act-for-requester.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { advanceImport } from './advance-import.ts';
import { loadImport, requireState, type StoredImport } from './load-import.ts';
import { findMappingFaults, mapColumns } from './map-columns.ts';

/** Up to so many rows the preview is made within the request. */
export const mostRowsAtOnce = 1_000;

/**
 * Begins the preview of an import: every row with what would become of it, found by doing it and rolling it back. A
 * small file's is made at once; a larger one's goes on in a job, as long as `advanceImport` says so.
 * @returns whether it has ended
 * @throws AppError `forbidden`, `wrong_status`; `invalid_input` where columns are missing or stand for the same
 */
export async function previewImport(ctx: Context, id: string): Promise<boolean> {
  const found = await beginPreview(ctx, id);
  if (found.rowCount > mostRowsAtOnce) {
    await ctx.enqueue('run-import', [{ organizationId: ctx.organizationId, importId: id }]);
    return false;
  }
  while (await advanceImport(ctx, id));
  return true;
}

async function beginPreview(ctx: Context, id: string): Promise<StoredImport> {
  requirePermission(ctx, 'users:create');
  const found = await loadImport(ctx, id, true);
  requireState(found, 'uploaded', 'previewed');
  const { options, recognition, mapping } = found;
  if (options.mode === 'create_and_change') requirePermission(ctx, 'users:update');
  if (options.status === 'deactivate' || options.missing === 'deactivate')
    requirePermission(ctx, 'users:deactivate');
  const faults = findMappingFaults(mapColumns(recognition, mapping), recognition);
  if (faults.length > 0) {
    throw new AppError('invalid_input', {
      detail: faults.join(' '),
      fields: faults.map((message) => ({ field: 'mapping', message })),
    });
  }
  await sql`delete from import_plans where organization_id = ${ctx.organizationId} and import_id = ${id}`.execute(
    ctx.tx,
  );
  await ctx.tx
    .updateTable('imports')
    .set({
      state: 'previewing',
      step: 'parse',
      next_position: 0,
      progress_done: 0,
      progress_total: 2 * found.rowCount,
      digest: null,
      counts: null,
      confirmation: null,
      touched_at: ctx.now.toISOString(),
      ...requesterOf(ctx),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  return found;
}
