import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { ImportStep, StoredImport } from './load-import.ts';

/** Rows that one transaction works through. */
export const portionSize = 1_000;

/** Notes in the transaction of a portion how far it has come: both stand or neither. */
export async function moveOn(ctx: Context, found: StoredImport, next: number, done: number): Promise<void> {
  await sql`
    update imports set next_position = ${next}, progress_done = progress_done + ${done}, touched_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = ${found.id}`.execute(ctx.tx);
}

export async function enterStep(ctx: Context, found: StoredImport, step: ImportStep): Promise<void> {
  await sql`
    update imports set step = ${step}, next_position = 0, touched_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = ${found.id}`.execute(ctx.tx);
}
