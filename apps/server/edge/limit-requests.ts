import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Tx } from '../db/open-database.ts';
import { AppError } from '../platform/errors.ts';

interface Lease {
  minute: number;
  /** Requests that this node may still let through without asking. */
  left: number;
  /** Requests that all nodes had taken when this node last asked. */
  taken: number;
  /** Requests that this node has taken in this minute, whether or not their transactions were kept. */
  own: number;
}

interface Allowance {
  perMinute: number;
  remaining: number;
  resetSeconds: number;
  exceeded: boolean;
}

/** Counts a request of a credential that has been found to be live. */
export type LimitRequests = (tx: Tx, credential: Buffer, now: Date) => Promise<Allowance>;

/**
 * At most `perMinute` requests of one credential in a minute, shared between nodes: each node leases a twentieth of
 * the allowance at a time from the database, so that nineteen of twenty requests cost nothing. A lease that was rolled
 * back with its request (an error, a preview) is remembered by its own node.
 */
export function createRequestLimit(perMinute: number): LimitRequests {
  const share = Math.max(1, Math.floor(perMinute / 20));
  const leases = new Map<string, Lease>();
  return async (tx, credential, now) => {
    const minute = Math.floor(now.getTime() / 60_000);
    const name = credential.toString('base64');
    let lease = leases.get(name);
    if (!lease || lease.minute !== minute || (lease.left === 0 && lease.taken < perMinute)) {
      const own = (lease?.minute === minute ? lease.own : 0) + share;
      const taken = Math.max(own, await leaseRequests(tx, name, minute, share));
      lease = { minute, taken, own, left: Math.max(0, Math.min(share, perMinute - (taken - share))) };
      if (leases.size > 10_000) leases.clear();
      leases.set(name, lease);
    }
    const exceeded = lease.left === 0;
    if (!exceeded) lease.left -= 1;
    return {
      perMinute,
      remaining: Math.max(0, perMinute - lease.taken) + lease.left,
      resetSeconds: 60 - Math.floor((now.getTime() % 60_000) / 1000),
      exceeded,
    };
  };
}

const allowances = new WeakMap<FastifyRequest, Allowance>();

/** Counts a request once, however many transactions it takes. @throws AppError `too_many_requests` */
export async function countRequest(
  limit: LimitRequests,
  request: FastifyRequest,
  ...[tx, credential, now]: Parameters<LimitRequests>
): Promise<void> {
  const allowance = allowances.get(request) ?? (await limit(tx, credential, now));
  allowances.set(request, allowance);
  const { exceeded, perMinute, resetSeconds } = allowance;
  if (!exceeded) return;
  throw new AppError('too_many_requests', {
    detail: `This session or key has made ${perMinute} requests in a minute. Wait ${resetSeconds} seconds.`,
    context: { retryAfterSeconds: resetSeconds },
  });
}

/** The headers of draft-ietf-httpapi-ratelimit-headers, on every answer to a request that was counted. */
export function writeRateLimit(request: FastifyRequest, reply: FastifyReply): void {
  const allowance = allowances.get(request);
  if (!allowance) return;
  const { perMinute, remaining, resetSeconds } = allowance;
  reply.header('ratelimit-policy', `"credential";q=${perMinute};w=60`);
  reply.header('ratelimit', `"credential";r=${remaining};t=${resetSeconds}`);
}

async function leaseRequests(tx: Tx, name: string, minute: number, share: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    select lease_requests(${name}, ${new Date(minute * 60_000)}, ${share}) as taken`.execute(tx);
  return rows[0]!.taken;
}
