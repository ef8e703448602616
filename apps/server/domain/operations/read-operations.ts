import type { Operation, OperationRow } from '@rollcall/contract/operations';
import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { pageOfRows, readCursor } from '../../platform/paging.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';

const instants = ['createdAt', 'startedAt', 'finishedAt', 'cancelRequestedAt'] as const;
type Row = Omit<Operation, (typeof instants)[number]> & Record<(typeof instants)[number], Date | null>;

async function selectOperations(ctx: Context, which: RawBuilder<unknown>): Promise<Operation[]> {
  const { rows } = await sql<Row>`
    select id, kind, state, total, next_position as done, changed, unchanged, failed, reason,
      json_build_object('id', requested_by, 'name', requested_by_name) as "requestedBy", created_at as "createdAt",
      started_at as "startedAt", finished_at as "finishedAt", cancel_requested_at as "cancelRequestedAt",
      stop_reason as "stopReason"
    from operations where organization_id = ${ctx.organizationId} and ${which}`.execute(ctx.tx);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt!.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    cancelRequestedAt: row.cancelRequestedAt?.toISOString() ?? null,
  }));
}

/** One bulk action with its progress. @throws AppError `not_found` */
export async function readOperation(ctx: Context, id: string): Promise<Operation> {
  requirePermission(ctx, 'users:read');
  const [operation] = await selectOperations(ctx, sql`id = ${id}`);
  if (!operation) throw new AppError('not_found', { detail: 'There is no bulk action with this id.' });
  return operation;
}

/** A page of the bulk actions, newest first. */
export async function listOperations(
  ctx: Context,
  query: {
    kind?: string | undefined;
    state?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ items: Operation[]; nextCursor: string | null }> {
  requirePermission(ctx, 'users:read');
  const [at, id] = readCursor(query.cursor, ['instant', 'uuid']) ?? [];
  const rows = await selectOperations(
    ctx,
    sql`(${query.kind ?? null}::text is null or kind = ${query.kind ?? null}::text)
      and (${query.state ?? null}::text is null or state = ${query.state ?? null}::text)
      and (${at ?? null}::timestamptz is null or (created_at, id) < (${at ?? null}::timestamptz, ${id ?? null}::uuid))
      order by created_at desc, id desc limit ${query.limit + 1}`,
  );
  return pageOfRows(rows, query.limit, (row) => [row.createdAt, row.id]);
}

/** A page of what became of each user. @throws AppError `not_found` */
export async function listOperationRows(
  ctx: Context,
  operationId: string,
  query: { outcome?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: OperationRow[]; nextCursor: string | null }> {
  await readOperation(ctx, operationId);
  const [position] = readCursor(query.cursor, ['integer']) ?? [];
  const { rows } = await sql<OperationRow>`
    select r.position, r.user_id as "userId", btrim(u.first_name || ' ' || u.last_name) as name,
      u.sign_in_name as "signInName", u.status, r.outcome, r.error
    from operation_rows r join users u on u.organization_id = r.organization_id and u.id = r.user_id
    where r.organization_id = ${ctx.organizationId} and r.operation_id = ${operationId}
      and (${query.outcome ?? null}::text is null or r.outcome = ${query.outcome ?? null}::text)
      and (${position ?? null}::integer is null or r.position > ${position ?? null}::integer)
    order by r.position limit ${query.limit + 1}`.execute(ctx.tx);
  return pageOfRows(rows, query.limit, (row) => [String(row.position)]);
}
