import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { destinationOf } from './deliver-to-destination.ts';
import { type Destination, sendToDestination } from './send-to-destination.ts';

/** @throws AppError `not_found` */
export async function readDestination(ctx: Context, id: string): Promise<Destination> {
  requirePermission(ctx, 'webhooks:manage');
  const { rows } = await sql<{ id: string; url: string; secret_sealed: Buffer | null }>`
    select id, url, secret_sealed from webhooks
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw new AppError('not_found', { detail: 'There is no such webhook in this organization.' });
  return destinationOf(ctx.installation, rows[0]);
}

/** Sends one message of type `rollcall.test` now and says what came of it; no transaction is open. */
export async function testDestination(
  destination: Destination,
  clock: () => Date,
): Promise<{ delivered: boolean; error: string | null }> {
  const data = { seq: null, message: 'This is a test from Rollcall.' };
  const message = { id: newId(), type: 'rollcall.test', timestamp: clock().toISOString(), data };
  const { error } = await sendToDestination(destination, [message], clock);
  return { delivered: error === null, error };
}
