import type { NumberView } from '@rollcall/contract/numbers';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { selectNumbers } from './select-numbers.ts';

/** One number with who holds it. @throws AppError `not_found` */
export async function readNumber(ctx: Context, id: string): Promise<NumberView> {
  requirePermission(ctx, 'numbers:read');
  const [number] = await selectNumbers(
    ctx,
    sql`select * from numbers where organization_id = ${ctx.organizationId} and id = ${id}`,
  );
  if (!number) throw new AppError('not_found', { detail: 'There is no number with this id.' });
  return number;
}
