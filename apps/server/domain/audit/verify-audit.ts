import type { AuditCheckpoint } from '@rollcall/contract/audit';
import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { readChainKey } from './chain-key.ts';
import { type AuditFault, checkChain } from './check-chain.ts';
import { readCheckpoints, requireOwnCheckpoint } from './checkpoints.ts';

export interface Verification {
  intact: boolean;
  /** The last seq of the chain as it stands. */
  seq: number;
  hash: string | null;
  /** Events that the sealer has not come to yet. */
  unsealed: number;
  /** In the order of the chain, the first hundred. */
  faults: AuditFault[];
}

const mostFaults = 100;

/**
 * Reads an organization's whole chain and says where it is not what was sealed: a changed, missing, inserted or
 * reordered event, a changed payload, a tail cut off. Against somebody who can write the whole database a tail is
 * only safe up to a `checkpoint` that was kept outside of it. Streams: time grows with the chain, memory does not.
 * `tx` is the owner's.
 */
export async function verifyAudit(
  tx: Tx,
  encryption: Encryption,
  organizationId: string,
  options: { checkpoint?: AuditCheckpoint } = {},
): Promise<Verification> {
  const key = await readChainKey(tx, encryption, organizationId);
  if (options.checkpoint) requireOwnCheckpoint(key, organizationId, options.checkpoint);
  const checkpoints = await readCheckpoints(tx, organizationId);
  if (options.checkpoint) checkpoints.push(options.checkpoint);
  const faults: AuditFault[] = [];
  const report = (fault: AuditFault) => {
    if (faults.length < mostFaults) faults.push(fault);
  };
  const head = await checkChain(tx, key, organizationId, checkpoints, report);
  const seal = await readSeal(tx, organizationId);
  const promised = Math.max(seal?.seq ?? 0, ...checkpoints.map((checkpoint) => checkpoint.seq));
  if (head.seq < promised)
    report({
      kind: 'cut_off',
      seq: head.seq + 1,
      eventId: null,
      detail: `The chain ends at ${head.seq} but had reached ${promised}.`,
    });
  for (const eventId of await findInserted(tx, organizationId))
    report({
      kind: 'inserted',
      seq: null,
      eventId,
      detail: 'This event stands among sealed ones and was never sealed.',
    });
  return {
    intact: faults.length === 0,
    seq: head.seq,
    hash: head.hash?.toString('hex') ?? null,
    unsealed: await countUnsealed(tx, organizationId),
    faults,
  };
}

async function readSeal(tx: Tx, organizationId: string): Promise<{ seq: number } | undefined> {
  const { rows } = await sql<{ seq: number }>`
    select seq from audit_seals where organization_id = ${organizationId}`.execute(tx);
  return rows[0];
}

/** Below the mark everything has been sealed; what has no place in the chain there came later, past the application. */
async function findInserted(tx: Tx, organizationId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select e.id from audit_events e join audit_seals s on s.organization_id = e.organization_id
    where e.organization_id = ${organizationId} and (e.transaction_id, e.id) <= (s.transaction_id, s.event_id)
      and not exists (select 1 from audit_chain c where c.organization_id = e.organization_id and c.event_id = e.id)
    order by e.transaction_id, e.id limit ${mostFaults}`.execute(tx);
  return rows.map((row) => row.id);
}

async function countUnsealed(tx: Tx, organizationId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from audit_events e left join audit_seals s on s.organization_id = e.organization_id
    where e.organization_id = ${organizationId}
      and (s.seq is null or (e.transaction_id, e.id) > (s.transaction_id, s.event_id))
      and not exists (select 1 from audit_chain c where c.organization_id = e.organization_id and c.event_id = e.id)`.execute(
    tx,
  );
  return rows[0]!.count;
}
