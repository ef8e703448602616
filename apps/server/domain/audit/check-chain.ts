import type { AuditCheckpoint } from '@rollcall/contract/audit';
import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import { beginningOfChain, type SealedColumns, sealedColumns, sealOf } from './chain-hash.ts';

export type FaultKind =
  | 'changed'
  | 'reordered'
  | 'missing'
  | 'inserted'
  | 'payload_changed'
  | 'payload_missing'
  | 'cut_off'
  | 'checkpoint_differs';

/** Where the chain is not what was sealed. */
export interface AuditFault {
  kind: FaultKind;
  seq: number | null;
  eventId: string | null;
  detail: string;
}

interface Link extends SealedColumns {
  seq: number;
  event_id: string;
  hash: Buffer;
  follows_order: boolean;
  payload_fits: boolean | null;
}

const batch = 2_000;

/**
 * Walks a chain from its beginning. After a fault it goes on from the seal that stands there, so that one changed
 * event is one fault and not all that follow.
 * @returns the last link
 */
export async function checkChain(
  tx: Tx,
  key: Buffer,
  organizationId: string,
  checkpoints: readonly AuditCheckpoint[],
  report: (fault: AuditFault) => void,
): Promise<{ seq: number; hash: Buffer | null }> {
  const promised = new Map(checkpoints.map((checkpoint) => [checkpoint.seq, checkpoint.hash]));
  let previous: { seq: number; hash: Buffer } = { seq: 0, hash: beginningOfChain };
  let last: AuditFault | undefined;
  for await (const link of readLinks(tx, organizationId)) {
    const fault = faultOf(key, organizationId, previous, link);
    // Of two that changed places only the second stands out of order; the one before it is its other half.
    if (fault?.kind === 'reordered' && last?.kind === 'changed' && last.seq === link.seq - 1)
      Object.assign(last, { kind: 'reordered', detail: fault.detail });
    if (fault) report(fault);
    last = fault;
    const hash = promised.get(link.seq);
    if (hash !== undefined && hash !== link.hash.toString('hex'))
      report({
        kind: 'checkpoint_differs',
        seq: link.seq,
        eventId: link.event_id,
        detail: 'A checkpoint of this place has another seal: the chain up to here was made anew.',
      });
    previous = { seq: link.seq, hash: link.hash };
  }
  return { seq: previous.seq, hash: previous.seq === 0 ? null : previous.hash };
}

function faultOf(
  key: Buffer,
  organizationId: string,
  previous: { seq: number; hash: Buffer },
  link: Link,
): AuditFault | undefined {
  const fault = (kind: FaultKind, detail: string, seq = link.seq) => ({
    kind,
    seq,
    eventId: seq === link.seq ? link.event_id : null,
    detail,
  });
  if (link.seq !== previous.seq + 1) {
    const upTo = link.seq - 1;
    const which = upTo === previous.seq + 1 ? `Link ${upTo} is` : `Links ${previous.seq + 1} to ${upTo} are`;
    return fault('missing', `${which} missing from the chain.`, previous.seq + 1);
  }
  if (link.id === null) return fault('missing', 'The event that was sealed here is missing.');
  if (!sealOf(key, organizationId, previous.hash, link.seq, link).equals(link.hash)) {
    return link.follows_order
      ? fault('changed', 'The event does not fit its seal.')
      : fault('reordered', 'The event does not fit its seal and stands out of order.');
  }
  if (link.payload_fits === null) return fault('payload_missing', 'The details of the event are missing.');
  if (!link.payload_fits) return fault('payload_changed', 'The details of the event are not those recorded.');
  return undefined;
}

async function* readLinks(tx: Tx, organizationId: string): AsyncGenerator<Link> {
  let after = 0;
  while (true) {
    const { rows } = await sql<Link>`
      select c.seq, c.event_id, c.hash, ${sealedColumns},
        coalesce((e.transaction_id, e.id) > (lag(e.transaction_id) over (order by c.seq), lag(e.id) over (order by c.seq)), true)
          as follows_order,
        sha256(d.salt || convert_to(d.payload::text, 'UTF8')) = e.payload_hash as payload_fits
      from (select * from audit_chain where organization_id = ${organizationId} and seq > ${after}
        order by seq limit ${batch}) c
      left join audit_events e on e.organization_id = c.organization_id and e.id = c.event_id
      left join audit_details d on d.organization_id = c.organization_id and d.event_id = c.event_id
      order by c.seq`.execute(tx);
    yield* rows;
    if (rows.length < batch) return;
    after = rows.at(-1)!.seq;
  }
}
