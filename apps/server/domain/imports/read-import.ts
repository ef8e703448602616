import type { ImportSummary, ImportView } from '@rollcall/contract/imports';
import { undoHours } from '@rollcall/contract/imports';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { loadImport, type StoredImport } from './load-import.ts';
import { findMappingFaults, mapColumns } from './map-columns.ts';

const sampleSize = 10;

/** Everything about one import but its rows. */
export async function readImport(ctx: Context, id: string): Promise<ImportView> {
  requirePermission(ctx, 'users:create');
  const found = await loadImport(ctx, id);
  const samples = await sql<{ cells: string[] }>`
    select cells from import_rows where organization_id = ${ctx.organizationId} and import_id = ${id}
    order by position limit ${sampleSize}`.execute(ctx.tx);
  const outcomes = await countOutcomes(ctx, id);
  const columns = mapColumns(found.recognition, found.mapping);
  const { undone = 0, left = 0, done = 0, refused = 0 } = outcomes;
  return {
    ...summaryOf(found),
    format: found.format,
    encoding: found.encoding as ImportView['encoding'],
    delimiter: found.delimiter as ImportView['delimiter'],
    recognition: found.recognition,
    columns,
    mappingFaults: findMappingFaults(columns, found.recognition),
    options: found.options,
    sampleRows: samples.rows.map(({ cells }) => cells),
    progress: { done: found.progressDone, total: found.progressTotal },
    digest: found.digest,
    confirmationNeeded: found.confirmation,
    applied: found.startedAt ? { done: done + undone + left, refused } : null,
    undone: undone + left > 0 || found.state === 'undone' ? { undone, left } : null,
    previewedAt: iso(found.previewedAt),
    startedAt: iso(found.startedAt),
    undoUntil: iso(undoUntil(found)),
    stopReason: found.stopReason,
  };
}

/** Until when it can be undone; null where there is nothing to undo. */
export function undoUntil({ finishedAt, startedAt, state }: StoredImport): Date | null {
  if (!finishedAt || !startedAt || (state !== 'applied' && state !== 'stopped')) return null;
  return new Date(finishedAt.getTime() + undoHours * 3_600_000);
}

async function countOutcomes(ctx: Context, id: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ outcome: string; count: number }>`
    select outcome, count(*) from import_outcomes
    where organization_id = ${ctx.organizationId} and import_id = ${id} group by outcome`.execute(ctx.tx);
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

const iso = (date: Date | null) => date?.toISOString() ?? null;

type Summarised = Pick<
  StoredImport,
  | 'id'
  | 'fileName'
  | 'state'
  | 'rowCount'
  | 'counts'
  | 'requestedBy'
  | 'requestedByName'
  | 'createdAt'
  | 'finishedAt'
>;

function summaryOf(found: Summarised): ImportSummary {
  const { id, fileName, state, rowCount, counts, requestedBy, requestedByName, createdAt, finishedAt } =
    found;
  return {
    id,
    fileName,
    state,
    rowCount,
    counts,
    requestedBy: { id: requestedBy, name: requestedByName },
    createdAt: createdAt.toISOString(),
    finishedAt: iso(finishedAt),
  };
}

/** The imports of an organization, newest first. */
export async function listImports(
  ctx: Context,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: ImportSummary[]; nextCursor: string | null }> {
  requirePermission(ctx, 'users:create');
  const after = cursor === undefined ? null : readCursor(cursor);
  const { rows } = await sql<Summarised>`
    select id, file_name as "fileName", state, row_count as "rowCount", counts, requested_by as "requestedBy",
      requested_by_name as "requestedByName", created_at as "createdAt", finished_at as "finishedAt"
    from imports where organization_id = ${ctx.organizationId} and (${after}::uuid is null or id < ${after}::uuid)
    order by id desc limit ${limit + 1}`.execute(ctx.tx);
  return {
    items: rows.slice(0, limit).map(summaryOf),
    nextCursor: rows.length > limit ? rows[limit - 1]!.id : null,
  };
}

/** Ids are made in the order of time (UUID version 7), so the last one shown is the place. */
function readCursor(cursor: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) return cursor;
  throw new AppError('invalid_cursor', {
    detail: 'This cursor is of another list. Begin with the first page.',
  });
}
