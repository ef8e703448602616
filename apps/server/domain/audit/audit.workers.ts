import type { Jobs } from '../../db/open-jobs.ts';
import type { Deps } from '../../edge/deps.ts';
import type { Repetition } from '../../platform/run-repeatedly.ts';
import { rewrapChainKeys } from './chain-key.ts';
import { writeCheckpoints } from './checkpoints.ts';
import { startSealer } from './start-sealer.ts';

/**
 * Starts this node's sealer and the daily checkpoint; stop what it returns before the database closes. Wraps the
 * chain keys anew where the secret has been rotated.
 */
export async function startAuditWorkers(
  deps: Deps,
  jobs: Jobs,
  onError?: (error: Error) => void,
): Promise<Repetition> {
  await deps.db.ownerTransaction((tx) => rewrapChainKeys(tx, deps.installation.encryption));
  await jobs.work('write-checkpoints', () =>
    deps.db.ownerTransaction((tx) => writeCheckpoints(tx, deps.installation.encryption, deps.clock())),
  );
  await jobs.schedule('write-checkpoints', '17 0 * * *');
  return startSealer({
    db: deps.db,
    encryption: deps.installation.encryption,
    clock: deps.clock,
    ...(onError ? { onError } : {}),
  });
}
