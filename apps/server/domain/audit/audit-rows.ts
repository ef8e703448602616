import type { AuditEvent } from '@rollcall/contract/audit';
import type { AuditAction, AuditTargetKind } from '@rollcall/contract/audit-actions';
import { type RawBuilder, sql } from 'kysely';

/** An event as it is stored: what is bound by the chain, the details beside it, and its place. */
export interface AuditRow {
  id: string;
  seq: number | null;
  hash: string | null;
  occurred_at_text: string;
  action: AuditAction;
  actor_kind: AuditEvent['actor']['kind'];
  actor_id: string | null;
  target_kind: AuditTargetKind;
  target_id: string | null;
  request_id: string;
  payload: {
    actor?: string;
    target?: string;
    ip?: string;
    reason?: string;
    before?: Record<string, unknown>;
    after?: Record<string, unknown>;
  } | null;
}

/** Selects {@link AuditRow} from `audit_events e`, `audit_details d` and `audit_chain c`. */
export const auditColumns: RawBuilder<AuditRow> = sql`
  e.id, c.seq, encode(c.hash, 'hex') as hash,
  to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as occurred_at_text,
  e.action, e.actor_kind, e.actor_id, e.target_kind, e.target_id, e.request_id, d.payload`;

export function toAuditEvent(row: AuditRow): AuditEvent {
  const payload = row.payload ?? {};
  return {
    id: row.id,
    seq: row.seq,
    hash: row.hash,
    occurredAt: row.occurred_at_text,
    action: row.action,
    actor: { kind: row.actor_kind, id: row.actor_id, name: payload.actor ?? null },
    target: { kind: row.target_kind, id: row.target_id, name: payload.target ?? null },
    reason: payload.reason ?? null,
    before: payload.before ?? null,
    after: payload.after ?? null,
    ip: payload.ip ?? null,
    requestId: row.request_id,
  };
}
