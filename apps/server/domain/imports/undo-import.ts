import { undoHours } from '@rollcall/contract/imports';
import { AppError } from '../../platform/errors.ts';
import { requesterOf } from '../access/act-for-requester.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { loadImport, requireState } from './load-import.ts';
import { undoUntil } from './read-import.ts';

/**
 * Begins to take back what an import has done; a job goes on with it. Whom it created and who has not accepted yet is
 * withdrawn; what it changed is put back, field by field, where nobody has changed it since; the rest is left and named.
 * @throws AppError `undo_expired` after {@link undoHours}; `wrong_status` where there is nothing to undo
 */
export async function undoImport(
  ctx: Context,
  id: string,
  input: { reason?: string | undefined } = {},
): Promise<void> {
  requirePermission(ctx, 'users:create');
  requirePermission(ctx, 'users:update');
  requirePermission(ctx, 'users:deactivate');
  const found = await loadImport(ctx, id, true);
  requireState(found, 'applied', 'stopped');
  const until = undoUntil(found);
  if (!until)
    throw new AppError('wrong_status', { detail: 'This import was stopped before it had done anything.' });
  if (until < ctx.now) {
    throw new AppError('undo_expired', {
      detail: `An import can be undone for ${undoHours} hours; this one ended at ${found.finishedAt!.toISOString()}. Change what is wrong by hand or with another file.`,
    });
  }
  const { count } = await ctx.tx
    .selectFrom('import_outcomes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('organization_id', '=', ctx.organizationId)
    .where('import_id', '=', id)
    .where('outcome', '=', 'done')
    .executeTakeFirstOrThrow();
  await ctx.tx
    .updateTable('imports')
    .set({
      state: 'undoing',
      step: 'undo',
      stop_reason: null,
      next_position: 0,
      progress_done: 0,
      progress_total: count,
      reason: input.reason ?? ctx.reason ?? `Undo of the import of ${found.fileName}`,
      touched_at: ctx.now.toISOString(),
      ...requesterOf(ctx),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  await ctx.enqueue('run-import', [{ organizationId: ctx.organizationId, importId: id }]);
}
