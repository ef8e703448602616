import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';

/** @throws AppError `not_found` unless there is such a user in this organization */
export async function requireUser(ctx: Context, userId: string): Promise<void> {
  const { rows } = await sql`
    select 1 from users
    where organization_id = ${ctx.organizationId} and id = ${userId} and withdrawn_at is null`.execute(
    ctx.tx,
  );
  if (rows.length === 0) throw new AppError('not_found', { detail: 'There is no such agent.' });
}
