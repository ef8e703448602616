import type { AuditEvent, AuditFilters } from '@rollcall/contract/audit';
import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { type AuditRow, auditColumns, toAuditEvent } from './audit-rows.ts';

/** The audit log, newest first. */
export async function listAudit(
  ctx: Context,
  query: AuditFilters & { cursor?: string | undefined; limit: number },
): Promise<{ items: AuditEvent[]; nextCursor: string | null }> {
  requirePermission(ctx, 'audit:read');
  const conditions = conditionsOf(query);
  if (query.cursor !== undefined) {
    const [at, id] = readCursor(query.cursor);
    conditions.push(sql`(e.occurred_at, e.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await sql<AuditRow>`
    select ${auditColumns} from audit_events e
    left join audit_details d on d.organization_id = e.organization_id and d.event_id = e.id
    left join audit_chain c on c.organization_id = e.organization_id and c.event_id = e.id
    where ${sql.join([sql`e.organization_id = ${ctx.organizationId}`, ...conditions], sql` and `)}
    order by e.occurred_at desc, e.id desc limit ${query.limit + 1}`.execute(ctx.tx);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map(toAuditEvent),
    nextCursor: rows.length > query.limit && last ? writeCursor(last) : null,
  };
}

/** One event; another organization's is not there. */
export async function readAuditEvent(ctx: Context, id: string): Promise<AuditEvent> {
  requirePermission(ctx, 'audit:read');
  const { rows } = await sql<AuditRow>`
    select ${auditColumns} from audit_events e
    left join audit_details d on d.organization_id = e.organization_id and d.event_id = e.id
    left join audit_chain c on c.organization_id = e.organization_id and c.event_id = e.id
    where e.organization_id = ${ctx.organizationId} and e.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw new AppError('not_found', { detail: 'There is no such event in this organization.' });
  return toAuditEvent(rows[0]);
}

function conditionsOf(filters: AuditFilters): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (filters.actor) conditions.push(sql`e.actor_id = ${filters.actor}::uuid`);
  if (filters.actorKind) conditions.push(sql`e.actor_kind = ${filters.actorKind}`);
  if (filters.target) conditions.push(sql`e.target_id = ${filters.target}::uuid`);
  if (filters.kind) conditions.push(sql`e.target_kind = ${filters.kind}`);
  if (filters.action) conditions.push(sql`e.action = any(${filters.action}::text[])`);
  if (filters.from) conditions.push(sql`e.occurred_at >= ${filters.from}::timestamptz`);
  if (filters.to) conditions.push(sql`e.occurred_at < ${filters.to}::timestamptz`);
  if (filters.text) {
    const words = sql`concat_ws(' ', e.request_id, d.payload->>'actor', d.payload->>'target', d.payload->>'ip',
      d.payload->>'reason', d.payload->>'before', d.payload->>'after')`;
    conditions.push(sql`strpos(lower(${words}), lower(${filters.text})) > 0`);
  }
  return conditions;
}

function writeCursor(row: AuditRow): string {
  return Buffer.from(JSON.stringify([row.occurred_at_text, row.id])).toString('base64url');
}

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readCursor(cursor: string): [at: string, id: string] {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof at === 'string' && typeof id === 'string' && instantPattern.test(at) && uuidPattern.test(id))
      return [at, id];
  } catch {
    // Told below.
  }
  throw new AppError('invalid_cursor', { detail: 'Begin again without a cursor.' });
}
