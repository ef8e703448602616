import type { Database } from '../../db/open-database.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { type Repetition, runRepeatedly } from '../../platform/run-repeatedly.ts';
import { findUnsealed, findUnsealedSince } from './find-unsealed.ts';
import { sealAudit } from './seal-audit.ts';

export interface SealerOptions {
  db: Database;
  encryption: Encryption;
  clock: () => Date;
  onError?: (error: Error) => void;
}

/**
 * Seals on this node, at most a second behind the oldest running transaction. Every node runs one: an organization
 * that another node is sealing is looked at again, lest that node dies.
 */
export function startSealer(options: SealerOptions): Repetition {
  const waiting = new Map<string, boolean>();
  let seenBelow: string | undefined;
  return runRepeatedly(
    async () => {
      const known = seenBelow;
      const found = await options.db.ownerTransaction((tx) =>
        known === undefined ? findUnsealed(tx) : findUnsealedSince(tx, known),
      );
      for (const { id, restored } of found.organizations)
        waiting.set(id, restored || waiting.get(id) === true);
      seenBelow = found.seenBelow;
      return sealWaiting(options, waiting);
    },
    { fastest: 100, slowest: 700, ...(options.onError ? { onError: options.onError } : {}) },
  );
}

/** One batch for each: neither a large import in one organization nor a fault in its chain holds up the others. */
async function sealWaiting(
  options: SealerOptions,
  waiting: Map<string, boolean>,
): Promise<'more' | 'some' | 'none'> {
  let result: 'more' | 'some' | 'none' = 'none';
  for (const [organizationId, restored] of waiting) {
    try {
      const { outcome, count } = await options.db.ownerTransaction((tx) =>
        sealAudit(tx, options.encryption, organizationId, { now: options.clock(), restored }),
      );
      if (outcome === 'sealed') waiting.delete(organizationId);
      if (outcome === 'more') result = 'more';
      else if (count > 0 && result === 'none') result = 'some';
    } catch (error) {
      options.onError?.(error as Error);
    }
  }
  return result;
}
