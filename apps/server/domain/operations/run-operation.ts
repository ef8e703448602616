import type { OperationState } from '@rollcall/contract/operations';
import { sql } from 'kysely';
import { actForRequester, type Requested } from '../access/act-for-requester.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { applyBulkAction, type BulkAction, type RowResult } from './apply-bulk-action.ts';

/** Rows of one transaction. */
export const chunkSize = 500;

export function chunksOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / chunkSize) }, (_, index) =>
    items.slice(index * chunkSize, (index + 1) * chunkSize),
  );
}

type Running = Requested & BulkAction & { nextPosition: number; cancelled: boolean };

/** `more`: there is another chunk; `ended`: nothing is left to do, or another process is at it. */
export type ChunkDone = 'more' | 'ended';

/**
 * Does the next chunk of an operation: its rows and the note of how far it has come are one transaction, so that after
 * a crash nothing is lost and nothing is done twice. The row of the operation is locked: one process at a time.
 */
export async function runNextChunk(ctx: Context, operationId: string): Promise<ChunkDone> {
  const operation = await lockOperation(ctx, operationId);
  if (!operation) return 'ended';
  if (operation.cancelled) return end(ctx, operation.id, 'cancelled');
  const acting = await actForRequester(ctx, operation);
  if (!acting) {
    return end(ctx, operation.id, 'stopped', `${operation.requestedByName} may no longer act here.`);
  }
  const { rows } = await sql<{ user_id: string }>`
    select user_id from operation_rows where organization_id = ${ctx.organizationId}
      and operation_id = ${operation.id} and position >= ${operation.nextPosition}
    order by position limit ${chunkSize}`.execute(ctx.tx);
  if (rows.length === 0) return end(acting, operation.id, 'finished');
  const results = await applyBulkAction(
    acting,
    operation,
    rows.map((row) => row.user_id),
  );
  await noteResults(ctx, operation, results);
  return rows.length < chunkSize ? end(acting, operation.id, 'finished') : 'more';
}

/** Stops an operation that cannot go on; what it has done stays, what it has not reached is skipped. */
export async function stopOperation(ctx: Context, operationId: string, reason: string): Promise<void> {
  if (await lockOperation(ctx, operationId)) await end(ctx, operationId, 'stopped', reason);
}

async function lockOperation(ctx: Context, id: string): Promise<Running | undefined> {
  const { rows } = await sql<Running>`
    select id, kind, parameters, reason, requested_by as "requestedBy", requested_key as "requestedKey",
      requested_by_name as "requestedByName", request_id as "requestId", next_position as "nextPosition",
      cancel_requested_at is not null as cancelled
    from operations where organization_id = ${ctx.organizationId} and id = ${id} and finished_at is null
    for update skip locked`.execute(ctx.tx);
  return rows[0];
}

async function noteResults(ctx: Context, operation: Running, results: readonly RowResult[]): Promise<void> {
  const given = results.map(({ outcome, error }, index) => ({
    position: operation.nextPosition + index,
    outcome,
    error,
  }));
  await sql`
    update operation_rows r set outcome = g.outcome, error = nullif(g.error, 'null'::jsonb)
    from json_to_recordset(${JSON.stringify(given)}::json) as g(position integer, outcome text, error jsonb)
    where r.organization_id = ${ctx.organizationId} and r.operation_id = ${operation.id} and r.position = g.position`.execute(
    ctx.tx,
  );
  const count = (outcome: RowResult['outcome']) => results.filter((row) => row.outcome === outcome).length;
  await sql`
    update operations set state = 'running', started_at = coalesce(started_at, ${ctx.now}), touched_at = ${ctx.now},
      next_position = next_position + ${results.length}, changed = changed + ${count('changed')},
      unchanged = unchanged + ${count('unchanged')}, failed = failed + ${count('failed')}
    where organization_id = ${ctx.organizationId} and id = ${operation.id}`.execute(ctx.tx);
}

async function end(
  ctx: Context,
  id: string,
  state: Extract<OperationState, 'finished' | 'cancelled' | 'stopped'>,
  reason?: string,
): Promise<ChunkDone> {
  await sql`
    update operation_rows set outcome = 'skipped'
    where organization_id = ${ctx.organizationId} and operation_id = ${id} and outcome = 'pending'`.execute(
    ctx.tx,
  );
  const { rows } = await sql<{ kind: string; changed: number; unchanged: number; failed: number }>`
    update operations set state = ${state}, finished_at = ${ctx.now}, touched_at = ${ctx.now},
      stop_reason = ${reason ?? null}
    where organization_id = ${ctx.organizationId} and id = ${id}
    returning kind, changed, unchanged, failed`.execute(ctx.tx);
  const { kind, ...counts } = rows[0]!;
  await appendAuditEvents(ctx, [
    {
      action: `operation.${state}`,
      target: { kind: 'operation', id, name: kind },
      after: { state, ...counts, ...(reason === undefined ? {} : { stopReason: reason }) },
    },
  ]);
  return 'ended';
}
