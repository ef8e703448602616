import type { Jobs } from '../../db/open-jobs.ts';
import type { Deps } from '../../edge/deps.ts';
import { inContext } from '../../edge/in-context.ts';
import { newId } from '../../platform/ids.ts';
import { verifyOffBoardings } from './verify-off-boardings.ts';

interface Job {
  organizationId: string;
  ids: string[];
}

/** Starts the worker that looks after each deactivation whether anything of the access is left. */
export async function startOffBoardingWorkers(deps: Deps, jobs: Jobs): Promise<undefined> {
  await jobs.work<Job>('verify-off-boardings', (job) => verifyLater(deps, job));
}

/** Looks in a transaction that begins after the deactivation's commit: the job exists only then. */
export function verifyLater(deps: Deps, { organizationId, ids }: Job): Promise<void> {
  return inContext(
    deps,
    { organizationId, requestId: newId(), actor: { kind: 'system', name: 'Rollcall', ip: null } },
    (ctx) => verifyOffBoardings(ctx, ids),
  );
}
