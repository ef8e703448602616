import type { ApplyImportInput } from '@rollcall/contract/imports';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requesterOf } from '../access/act-for-requester.ts';
import { requirePermission } from '../access/require-permission.ts';
import { requireReason } from '../access/require-reason.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { loadImport, requireState, type StoredImport } from './load-import.ts';

/**
 * Begins to apply what the preview with this digest has shown; a job goes on with it. What drifts until its row is
 * reached is refused and shown there.
 * @throws AppError `preview_drifted` where there is a newer preview; `deactivations_not_confirmed` where the brake asks
 * for the exact number; `reason_required`; `wrong_status`
 */
export async function applyImport(ctx: Context, id: string, input: ApplyImportInput): Promise<void> {
  requirePermission(ctx, 'users:create');
  const found = await loadImport(ctx, id, true);
  requireState(found, 'previewed');
  const counts = found.counts!;
  if (input.digest !== found.digest) {
    throw new AppError('preview_drifted', {
      detail:
        'The file has been previewed again since, and would do something else now. Look at the new preview.',
      context: { digest: found.digest, counts },
    });
  }
  requireConfirmation(found, input);
  const given = input.reason ?? ctx.reason ?? null;
  const reason = (await changesAccess(ctx, id)) ? await requireReason(ctx, given) : given;
  const total = counts.create + counts.change + counts.deactivate;
  await ctx.tx
    .updateTable('imports')
    .set({
      state: 'applying',
      step: 'early',
      next_position: 0,
      progress_done: 0,
      progress_total: total,
      reason,
      started_at: ctx.now.toISOString(),
      touched_at: ctx.now.toISOString(),
      ...requesterOf(ctx),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  await appendAuditEvents(ctx, [
    {
      action: 'import.started',
      target: { kind: 'import', id, name: found.fileName },
      after: { ...counts, digest: found.digest },
      ...(reason === null ? {} : { reason }),
    },
  ]);
  await ctx.enqueue('run-import', [{ organizationId: ctx.organizationId, importId: id }]);
}

/** Whether it deactivates somebody or changes a role, for which an organization may want a reason. */
async function changesAccess(ctx: Context, id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from import_plans
    where organization_id = ${ctx.organizationId} and import_id = ${id}
      and (kind = 'deactivate' or (kind = 'change' and effects -> 'after' -> 'roleIds' is not null)) limit 1`.execute(
    ctx.tx,
  );
  return rows.length > 0;
}

/** An empty or truncated file must not be read as "everybody has left". */
function requireConfirmation(
  { confirmation }: StoredImport,
  { confirmDeactivations }: ApplyImportInput,
): void {
  if (!confirmation || confirmDeactivations === confirmation.deactivations) return;
  const { deactivations, of } = confirmation;
  const message = `This would deactivate ${deactivations} of ${of} agents.`;
  const remedy = `If that is right, confirm the number ${deactivations}. If not, the file may be incomplete.`;
  throw new AppError('deactivations_not_confirmed', {
    detail: `${message} ${remedy}`,
    fields: [{ field: 'confirmDeactivations', message, remedy }],
    context: confirmation,
  });
}
