import type { Operation } from '@rollcall/contract/operations';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { permissionsOf } from './apply-bulk-action.ts';
import { readOperation } from './read-operations.ts';

/**
 * Lets a bulk action end after the chunk that is being done. What is done stays done.
 * @throws AppError `not_found`, `forbidden`, `wrong_status` where it has ended already
 */
export async function cancelOperation(ctx: Context, id: string): Promise<Operation> {
  const operation = await readOperation(ctx, id);
  for (const permission of permissionsOf[operation.kind]) requirePermission(ctx, permission);
  const { rows } = await sql`
    update operations set cancel_requested_at = coalesce(cancel_requested_at, ${ctx.now})
    where organization_id = ${ctx.organizationId} and id = ${id} and finished_at is null returning 1`.execute(
    ctx.tx,
  );
  if (rows.length === 0)
    throw new AppError('wrong_status', { detail: 'This bulk action has ended already.' });
  return readOperation(ctx, id);
}
