import type { Jobs } from '../../db/open-jobs.ts';
import type { Deps } from '../../edge/deps.ts';
import type { Repetition } from '../../platform/run-repeatedly.ts';
import { writeCheckpoints } from './checkpoints.ts';
import { startSealer } from './start-sealer.ts';

/** Starts this node's sealer and the daily checkpoint; stop what it returns before the database closes. */
export async function startAuditWorkers(
  deps: Deps,
  jobs: Jobs,
  onError?: (error: Error) => void,
): Promise<Repetition> {
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
