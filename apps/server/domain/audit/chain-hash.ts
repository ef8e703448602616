import { createHmac } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';

/** The columns of an event that its seal covers, each in one exact form. */
export interface SealedColumns {
  id: string;
  occurred_at_text: string;
  action: string;
  actor_kind: string;
  actor_id: string | null;
  target_kind: string;
  target_id: string | null;
  request_id: string;
  payload_hash: Buffer;
}

/** Selects {@link SealedColumns} of `audit_events e`; the time in microseconds, which a JavaScript date has not. */
export const sealedColumns: RawBuilder<SealedColumns> = sql`
  e.id, to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as occurred_at_text,
  e.action, e.actor_kind, e.actor_id, e.target_kind, e.target_id, e.request_id, e.payload_hash`;

/** What the first event of a chain is bound to. */
export const beginningOfChain = Buffer.alloc(32);

/** HMAC-SHA256(key, previous hash ‖ seq ‖ columns); the first two have a fixed length, the columns are a JSON array. */
export function sealOf(
  key: Buffer,
  organizationId: string,
  previous: Buffer,
  seq: number,
  event: SealedColumns,
): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(seq));
  const columns = JSON.stringify([
    organizationId,
    event.id,
    event.occurred_at_text,
    event.action,
    event.actor_kind,
    event.actor_id,
    event.target_kind,
    event.target_id,
    event.request_id,
    event.payload_hash.toString('hex'),
  ]);
  return createHmac('sha256', key).update(previous).update(place).update(columns).digest();
}
