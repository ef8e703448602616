import type { AuditAction } from '@rollcall/contract/audit-actions';
import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';

/** A destination that this node works for, as long as its lease holds. */
export interface Claimed {
  organization_id: string;
  id: string;
  name: string;
  url: string;
  actions: AuditAction[];
  secret_sealed: Buffer | null;
  position: number;
  attempts: number;
  failing_since: Date | null;
  lease: string;
}

/** Longer than one row of messages and its last timeout may take (`send-to-destination.ts`). */
const leaseSeconds = 60;

/**
 * Takes destinations for which there is something new and whose time has come; no other node takes them while the
 * lease holds. Leases go by the database's clock, which all nodes share. `tx` is the owner's.
 */
export async function claimDestinations(tx: Tx, now: Date, limit: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with due as (
      select w.organization_id, w.id from webhooks w
      join audit_seals s on s.organization_id = w.organization_id
      where w.enabled and s.seq > w.position and (w.next_attempt_at is null or w.next_attempt_at <= ${now})
        and (w.leased_until is null or w.leased_until < clock_timestamp())
      order by w.next_attempt_at nulls first limit ${limit} for update of w skip locked
    )
    update webhooks w set lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from due where w.organization_id = due.organization_id and w.id = due.id
    returning w.organization_id, w.id, w.name, w.url, w.actions, w.secret_sealed, w.position, w.attempts,
      w.failing_since, w.lease`.execute(tx);
  return rows;
}

export interface Progress {
  position: number;
  /** Whether the receiver has taken something. */
  success: boolean;
  error: string | null;
  failingSince: Date | null;
  attempts: number;
  nextAttemptAt: Date | null;
  givenUp: boolean;
}

/**
 * Notes how far it went and gives the lease back; what somebody changed meanwhile (which takes the lease) stays.
 * @returns whether the lease still held
 */
export async function noteProgress(
  tx: Tx,
  claimed: Claimed,
  progress: Progress,
  now: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update webhooks set position = ${progress.position}, lease = null, leased_until = null,
      last_success_at = case when ${progress.success} then ${now}::timestamptz else last_success_at end,
      last_error = ${progress.error}, failing_since = ${progress.failingSince}, attempts = ${progress.attempts},
      next_attempt_at = ${progress.nextAttemptAt}, enabled = not ${progress.givenUp},
      given_up_at = case when ${progress.givenUp} then ${now}::timestamptz end
    where organization_id = ${claimed.organization_id} and id = ${claimed.id} and lease = ${claimed.lease}`.execute(
    tx,
  );
  return numAffectedRows === 1n;
}
