import { Readable } from 'node:stream';
import type { AuditEvent, AuditFilters } from '@rollcall/contract/audit';
import { writeCsv } from '../../platform/tabular/write-csv.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { appendAuditEvents } from './append-audit-events.ts';
import { listAudit } from './list-audit.ts';

/** Notes in the audit that its log is being taken out, by whom and how much of it. */
export async function startAuditExport(
  ctx: Context,
  format: 'csv' | 'jsonl',
  filters: AuditFilters,
): Promise<void> {
  requirePermission(ctx, 'audit:read');
  await appendAuditEvents(ctx, [
    {
      action: 'export.created',
      target: { kind: 'organization', id: ctx.organizationId, name: 'Audit log' },
      after: { list: 'audit', format, filters },
    },
  ]);
}

/**
 * The events as a file, newest first. Each page is a transaction of its own, opened by `inTransaction`: a reader who
 * is slow holds none open. What happens meanwhile is not in it.
 */
export function writeAuditExport(
  inTransaction: <T>(work: (ctx: Context) => Promise<T>) => Promise<T>,
  format: 'csv' | 'jsonl',
  filters: AuditFilters,
): Readable {
  async function* events(): AsyncGenerator<AuditEvent> {
    let cursor: string | undefined;
    do {
      const page = await inTransaction((ctx) => listAudit(ctx, { ...filters, cursor, limit: 1_000 }));
      yield* page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
  }
  if (format === 'csv') return writeCsv(csvRows(events()), { byteOrderMark: true });
  return Readable.from(jsonLines(events()), { objectMode: false });
}

async function* jsonLines(events: AsyncIterable<AuditEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

const header =
  'seq,time,action,actor kind,actor,actor id,target kind,target,target id,reason,before,after,ip,request id,id,hash';

async function* csvRows(events: AsyncIterable<AuditEvent>): AsyncGenerator<(string | null)[]> {
  yield header.split(',');
  for await (const event of events) {
    yield [
      event.seq === null ? null : String(event.seq),
      event.occurredAt,
      event.action,
      event.actor.kind,
      event.actor.name,
      event.actor.id,
      event.target.kind,
      event.target.name,
      event.target.id,
      event.reason,
      event.before && JSON.stringify(event.before),
      event.after && JSON.stringify(event.after),
      event.ip,
      event.requestId,
      event.id,
      event.hash,
    ];
  }
}
