import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import { AppError } from '../../platform/errors.ts';

/** At most `most` failures of one `subject` within `seconds`, for each pair; longer windows make the back-off. */
export interface AttemptLimit {
  subject: string;
  windows: readonly (readonly [most: number, seconds: number])[];
}

const minute = 60;
const hour = 3600;

/**
 * The person whose password is tried: at most NIST's 100 failures (800-63B-4 §3.2.2) in a day. Whoever is kept out by
 * somebody else's attempts gets in by a new password, which clears these counters.
 */
export const accountLimit = (signInKey: string): AttemptLimit => ({
  subject: `account:${signInKey}`,
  windows: [
    [5, minute],
    [20, hour],
    [100, 24 * hour],
  ],
});

/** Where it is tried from; an office signs in from one address, and successes do not count. */
export const addressLimit = (ip: string): AttemptLimit => ({
  subject: `address:${networkOf(ip)}`,
  windows: [
    [30, minute],
    [300, hour],
  ],
});

/**
 * All accounts of one company together, against passwords tried over many names from many addresses. Told by the
 * domain of the sign-in name and not by what it leads to: the limit must not tell which names exist.
 */
export const companyLimit = (signInKey: string): AttemptLimit => ({
  subject: `company:${signInKey.slice(signInKey.lastIndexOf('@') + 1)}`,
  windows: [
    [300, minute],
    [3000, hour],
  ],
});

/** Mails with a link to choose a new password. */
export const resetLimit = (signInKey: string): AttemptLimit => ({
  subject: `reset:${signInKey}`,
  windows: [
    [3, 15 * minute],
    [10, 24 * hour],
  ],
});

/** Events in the audit of one organization that anybody can cause from outside. */
export const refusalsOnRecord = (organizationId: string): AttemptLimit => ({
  subject: `refusals:${organizationId}`,
  windows: [[60, minute]],
});

export interface CountedAttempts {
  /** Seconds until the next attempt is looked at; null where this one is. */
  retryAfterSeconds: number | null;
  /** The first attempt beyond a limit: the moment to note it. */
  justExceeded: boolean;
}

/** What {@link countAttempts} would say of the next attempt, without counting one. */
export async function readAttempts(
  tx: Tx,
  limits: readonly AttemptLimit[],
  now: Date,
): Promise<Pick<CountedAttempts, 'retryAfterSeconds'>> {
  const windows = limits.flatMap((limit) =>
    limit.windows.map(([most, seconds]) => ({ key: keyOf(limit, seconds), most, seconds })),
  );
  const { rows } = await sql<{ counter: string; attempts: number; started: Date }>`
    select counter, attempts, started from read_attempts(${windows.map((w) => w.key)}::text[])`.execute(tx);
  const waits = rows.map(({ counter, attempts, started }) => {
    const { most, seconds } = windows.find(({ key }) => key === counter)!;
    return attempts < most ? 0 : Math.ceil(seconds - (now.getTime() - started.getTime()) / 1000);
  });
  const longest = Math.max(0, ...waits);
  return { retryAfterSeconds: longest > 0 ? longest : null };
}

/** Counts one attempt in each limit. It must be committed whatever comes of the attempt. */
export async function countAttempts(
  tx: Tx,
  limits: readonly AttemptLimit[],
  now: Date,
): Promise<CountedAttempts> {
  const windows = limits.flatMap((limit) =>
    limit.windows.map(([most, seconds]) => ({ key: keyOf(limit, seconds), most, seconds })),
  );
  const { rows } = await sql<{ counter: string; attempts: number; started: Date }>`
    select counter, attempts, started from count_attempts(${windows.map((w) => w.key)}::text[],
      ${windows.map((w) => w.seconds)}::integer[], ${now})`.execute(tx);
  const byKey = new Map(rows.map((row) => [row.counter, row]));
  const exceeded = windows.filter((window) => byKey.get(window.key)!.attempts > window.most);
  const waits = exceeded.map(
    ({ key, seconds }) => seconds - (now.getTime() - byKey.get(key)!.started.getTime()) / 1000,
  );
  return {
    retryAfterSeconds: waits.length > 0 ? Math.max(1, Math.ceil(Math.max(...waits))) : null,
    justExceeded:
      exceeded.length > 0 && exceeded.every(({ key, most }) => byKey.get(key)!.attempts === most + 1),
  };
}

/** After a success: `cleared` start anew, and this attempt is taken back from `shared`. */
export async function settleAttempts(
  tx: Tx,
  cleared: readonly AttemptLimit[],
  shared: readonly AttemptLimit[] = [],
): Promise<void> {
  await sql`select settle_attempts(${keysOf(cleared)}::text[], ${keysOf(shared)}::text[])`.execute(tx);
}

/** `remedy` says what else helps. @throws AppError `too_many_requests`, with the seconds to wait */
export function requireWithinLimits({ retryAfterSeconds }: CountedAttempts, remedy = ''): void {
  if (retryAfterSeconds === null) return;
  throw new AppError('too_many_requests', {
    detail: `There were too many attempts. Wait ${inWords(retryAfterSeconds)} and try again.${remedy && ` ${remedy}`}`,
    context: { retryAfterSeconds },
  });
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  return seconds < 2 * hour ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / hour)} hours`;
}

/** An IPv6 customer has a network of 64 bits, and so any number of addresses. */
function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip;
  const [head = '', tail] = ip.split('::').map((part) => part.split(':').filter(Boolean));
  const groups =
    tail === undefined ? [...head] : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.slice(0, 4).join(':');
}

const keysOf = (limits: readonly AttemptLimit[]) =>
  limits.flatMap((limit) => limit.windows.map(([, seconds]) => keyOf(limit, seconds)));

/** Hashed: people type their password into the wrong field, and no name should stand here either. */
function keyOf(limit: AttemptLimit, seconds: number): string {
  return `${createHash('sha256').update(limit.subject).digest('base64url')}:${seconds}`;
}
