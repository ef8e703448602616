import type { AuditEvent } from '@rollcall/contract/audit';
import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import { type AuditRow, auditColumns, toAuditEvent } from './audit-rows.ts';

/** The sealed events of an organization after a seq, in the order of the chain: what is sent to the outside. */
export async function readSealedEvents(
  tx: Tx,
  organizationId: string,
  afterSeq: number,
  limit: number,
): Promise<(AuditEvent & { seq: number })[]> {
  const { rows } = await sql<AuditRow>`
    select ${auditColumns} from audit_chain c
    join audit_events e on e.organization_id = c.organization_id and e.id = c.event_id
    left join audit_details d on d.organization_id = c.organization_id and d.event_id = c.event_id
    where c.organization_id = ${organizationId} and c.seq > ${afterSeq} order by c.seq limit ${limit}`.execute(
    tx,
  );
  return rows.map((row) => ({ ...toAuditEvent(row), seq: row.seq! }));
}

/** One sealed event; undefined where there is none of this id. */
export async function readSealedEvent(
  tx: Tx,
  organizationId: string,
  eventId: string,
): Promise<AuditEvent | undefined> {
  const { rows } = await sql<AuditRow>`
    select ${auditColumns} from audit_chain c
    join audit_events e on e.organization_id = c.organization_id and e.id = c.event_id
    left join audit_details d on d.organization_id = c.organization_id and d.event_id = c.event_id
    where c.organization_id = ${organizationId} and c.event_id = ${eventId}`.execute(tx);
  return rows[0] && toAuditEvent(rows[0]);
}
