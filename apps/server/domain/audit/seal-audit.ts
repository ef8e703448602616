import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { beginningOfChain, type SealedColumns, sealedColumns, sealOf } from './chain-hash.ts';
import { readChainKey } from './chain-key.ts';

export interface Sealing {
  /** `busy`: another node is sealing this organization; `more`: the batch was full. */
  outcome: 'sealed' | 'more' | 'busy';
  count: number;
}

interface Mark {
  seq: number;
  hash: Buffer;
  transaction_id: string;
  event_id: string;
  from_another_cluster: boolean;
}

interface FoundEvent extends SealedColumns {
  transaction_id: string;
  /** It has its place already: it came with a restore and this cluster's transactions have caught up with it. */
  chained: boolean;
}

const batch = 5_000;
const noEvent = '00000000-0000-0000-0000-000000000000';
const beginning: Mark = {
  seq: 0,
  hash: beginningOfChain,
  transaction_id: '0',
  event_id: noEvent,
  from_another_cluster: false,
};

/**
 * Chains the next events of one organization, in the order (transaction, id), as far as no transaction that still
 * runs could put one before them. One sealer an organization, by advisory lock; `tx` is the owner's and commits after.
 *
 * A database restored into another cluster carries transaction ids from the future. Its mark shows it (or the caller
 * does, `restored`): then whatever has no place in the chain yet is sealed by looking for it, once.
 */
export async function sealAudit(
  tx: Tx,
  encryption: Encryption,
  organizationId: string,
  options: { now: Date; restored?: boolean },
): Promise<Sealing> {
  // Behind a large import the planner knows little of the new rows and would sort them all for each batch.
  const lock = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`rollcall.seal.${organizationId}`}, 0)) as held,
      set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)`.execute(tx);
  if (!lock.rows[0]!.held) return { outcome: 'busy', count: 0 };
  const mark = await readMark(tx, organizationId);
  const restored = mark.from_another_cluster || options.restored === true;
  const { found, oldestRunning } = await (restored ? findUnchained : findAfterMark)(tx, organizationId, mark);
  if (found.length === 0 && !restored) return { outcome: 'sealed', count: 0 };
  const full = found.length === batch;
  const events = found.filter((event) => !event.chained);
  const key = await readChainKey(tx, encryption, organizationId);
  let { seq, hash } = mark;
  const hashes = events.map((event) => {
    seq += 1;
    hash = sealOf(key, organizationId, hash, seq, event);
    return hash;
  });
  await sql`
    insert into audit_chain (organization_id, seq, event_id, hash)
    select ${organizationId}::uuid, ${mark.seq}::bigint + place, event_id, hash
    from unnest(${events.map((event) => event.id)}::uuid[], ${hashes}::bytea[]) with ordinality as sealed(event_id, hash, place)`.execute(
    tx,
  );
  const last = found.at(-1);
  let next = {
    transaction_id: last?.transaction_id ?? mark.transaction_id,
    event_id: last?.id ?? mark.event_id,
  };
  if (restored) next = full ? mark : { transaction_id: oldestRunning, event_id: noEvent };
  await sql`
    insert into audit_seals (organization_id, seq, hash, transaction_id, event_id, sealed_at)
    values (${organizationId}::uuid, ${seq}, ${hash}, ${next.transaction_id}::text::xid8, ${next.event_id}::uuid, ${options.now})
    on conflict (organization_id) do update set seq = excluded.seq, hash = excluded.hash,
      transaction_id = excluded.transaction_id, event_id = excluded.event_id, sealed_at = excluded.sealed_at`.execute(
    tx,
  );
  return { outcome: full ? 'more' : 'sealed', count: events.length };
}

async function readMark(tx: Tx, organizationId: string): Promise<Mark> {
  const { rows } = await sql<Mark>`
    select seq, hash, transaction_id::text, event_id,
      transaction_id >= pg_snapshot_xmax(pg_current_snapshot()) as from_another_cluster
    from audit_seals where organization_id = ${organizationId}`.execute(tx);
  return rows[0] ?? beginning;
}

/** The oldest running transaction is read in the statement that reads the events: from the same snapshot. */
type Found = { found: FoundEvent[]; oldestRunning: string };

async function findAfterMark(tx: Tx, organizationId: string, mark: Mark): Promise<Found> {
  const { rows } = await sql<FoundEvent>`
    select ${sealedColumns}, e.transaction_id::text as transaction_id,
      exists (select 1 from audit_chain c where c.organization_id = ${organizationId} and c.event_id = e.id) as chained
    from (
      select * from audit_events where organization_id = ${organizationId}
        and (transaction_id, id) > (${mark.transaction_id}::text::xid8, ${mark.event_id}::uuid)
        and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      order by transaction_id, id limit ${batch}) e
    order by e.transaction_id, e.id`.execute(tx);
  return { found: rows, oldestRunning: mark.transaction_id };
}

/** Also the events that this snapshot sees although their transaction lies ahead of it: those were restored. */
async function findUnchained(tx: Tx, organizationId: string): Promise<Found> {
  const { rows } = await sql<FoundEvent & { oldest_running: string }>`
    with edges as materialized (
      select pg_snapshot_xmin(pg_current_snapshot()) as oldest_running, pg_snapshot_xmax(pg_current_snapshot()) as next
    ), found as (
      select ${sealedColumns}, e.transaction_id from audit_events e, edges
      where e.organization_id = ${organizationId}
        and (e.transaction_id < edges.oldest_running or e.transaction_id >= edges.next)
        and not exists (select 1 from audit_chain c where c.organization_id = e.organization_id and c.event_id = e.id)
      order by e.transaction_id, e.id limit ${batch}
    )
    select found.*, found.transaction_id::text as transaction_id, false as chained,
      edges.oldest_running::text as oldest_running
    from edges left join found on true order by found.transaction_id, found.id`.execute(tx);
  return { found: rows.filter((row) => row.id !== null), oldestRunning: rows[0]!.oldest_running };
}
