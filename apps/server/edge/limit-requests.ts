import type { FastifyReply } from 'fastify';
import { sql } from 'kysely';
import type { Tx } from '../db/open-database.ts';
import { AppError } from '../platform/errors.ts';

interface Lease {
  minute: number;
  /** Requests that this node may still let through without asking. */
  left: number;
  /** Requests that all nodes had taken when this node last asked. */
  taken: number;
}

/** Counts a request of a credential that has been found to be live. */
export type LimitRequests = (tx: Tx, credential: Buffer, now: Date, reply: FastifyReply) => Promise<void>;

/**
 * At most `perMinute` requests of one credential in a minute, shared between nodes: each node leases a twentieth of
 * the allowance at a time from the database, so that nineteen of twenty requests cost nothing. Answers with the
 * headers of draft-ietf-httpapi-ratelimit-headers.
 * @throws AppError `too_many_requests`, with the seconds to wait
 */
export function createRequestLimit(perMinute: number): LimitRequests {
  const share = Math.max(1, Math.floor(perMinute / 20));
  const leases = new Map<string, Lease>();
  return async (tx, credential, now, reply) => {
    const minute = Math.floor(now.getTime() / 60_000);
    const name = credential.toString('base64');
    let lease = leases.get(name);
    if (!lease || lease.minute !== minute || (lease.left === 0 && lease.taken < perMinute)) {
      const taken = await leaseRequests(tx, name, minute, share);
      lease = { minute, taken, left: Math.max(0, Math.min(share, perMinute - (taken - share))) };
      if (leases.size > 10_000) leases.clear();
      leases.set(name, lease);
    }
    const reset = 60 - Math.floor((now.getTime() % 60_000) / 1000);
    const remaining = Math.max(0, perMinute - lease.taken) + Math.max(0, lease.left - 1);
    reply.header('ratelimit-policy', `"credential";q=${perMinute};w=60`);
    reply.header('ratelimit', `"credential";r=${remaining};t=${reset}`);
    if (lease.left === 0) {
      throw new AppError('too_many_requests', {
        detail: `This session or key has made ${perMinute} requests in a minute. Wait ${reset} seconds.`,
        context: { retryAfterSeconds: reset },
      });
    }
    lease.left -= 1;
  };
}

async function leaseRequests(tx: Tx, name: string, minute: number, share: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    select lease_requests(${name}, ${new Date(minute * 60_000)}, ${share}) as taken`.execute(tx);
  return rows[0]!.taken;
}
