import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';

export interface UnsealedOrganizations {
  organizations: { id: string; restored: boolean }[];
  /** Everything of transactions below this one has been seen: where the next search begins. */
  seenBelow: string;
}

/** The organizations with events since the last search. Idle, it reads one page of one index. `tx` is the owner's. */
export async function findUnsealedSince(tx: Tx, seenBelow: string): Promise<UnsealedOrganizations> {
  const { rows } = await sql<{ oldest_running: string; ids: string[] }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as oldest_running,
      array(select distinct e.organization_id::text from audit_events e
        where e.transaction_id >= ${seenBelow}::text::xid8
          and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())) as ids`.execute(tx);
  const { ids, oldest_running } = rows[0]!;
  return { organizations: ids.map((id) => ({ id, restored: false })), seenBelow: oldest_running };
}

/**
 * The same for a sealer that has just started: each organization's newest event is held against its mark. Events of
 * transactions that this cluster has not reached yet came with a restore.
 */
export async function findUnsealed(tx: Tx): Promise<UnsealedOrganizations> {
  const { rows } = await sql<{ id: string | null; restored: boolean; oldest_running: string }>`
    with edges as materialized (
      select pg_snapshot_xmin(pg_current_snapshot()) as oldest_running, pg_snapshot_xmax(pg_current_snapshot()) as next
    ), found as (
      select o.id, newest.transaction_id >= edges.next or coalesce(s.transaction_id >= edges.next, false) as restored
      from edges, organizations o
      cross join lateral (
        select e.transaction_id, e.id from audit_events e where e.organization_id = o.id
        order by e.transaction_id desc, e.id desc limit 1) newest
      left join audit_seals s on s.organization_id = o.id
      where s.seq is null or s.transaction_id >= edges.next
        or (newest.transaction_id, newest.id) > (s.transaction_id, s.event_id)
    )
    select found.id, found.restored, edges.oldest_running::text as oldest_running
    from edges left join found on true`.execute(tx);
  return {
    organizations: rows.flatMap(({ id, restored }) => (id === null ? [] : [{ id, restored }])),
    seenBelow: rows[0]!.oldest_running,
  };
}
