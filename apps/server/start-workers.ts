import type { Jobs } from './db/open-jobs.ts';
import { startAuditWorkers } from './domain/audit/audit.workers.ts';
import { startCalendarWorkers } from './domain/calendar/calendar.workers.ts';
import { startHousekeeping } from './domain/housekeeping/tidy-up.workers.ts';
import { startImportWorkers } from './domain/imports/imports.workers.ts';
import { startMailWorkers } from './domain/mails/mails.workers.ts';
import { startOffBoardingWorkers } from './domain/off-boarding/off-boarding.workers.ts';
import { startOperationWorkers } from './domain/operations/operations.workers.ts';
import { startWebhookWorkers } from './domain/webhooks/webhooks.workers.ts';
import type { Deps } from './edge/deps.ts';

/** Something that runs until it is told to stop. */
interface Running {
  stop(): Promise<void>;
}

type StartWorkers = (deps: Deps, jobs: Jobs, onError: (error: Error) => void) => Promise<Running | undefined>;

/** One entry a domain with work of its own; a queue's handlers are stopped with the queue. */
const domainWorkers: StartWorkers[] = [
  startAuditWorkers,
  startCalendarWorkers,
  startHousekeeping,
  startMailWorkers,
  startImportWorkers,
  startOffBoardingWorkers,
  startOperationWorkers,
  startWebhookWorkers,
];

/** Starts everything that this node does behind its requests. */
export async function startWorkers(deps: Deps, onError: (error: Error) => void): Promise<Running> {
  const running: (Running | undefined)[] = [];
  const stop = async () => {
    await Promise.all(running.map((worker) => worker?.stop()));
  };
  try {
    for (const start of domainWorkers) running.push(await start(deps, deps.jobs, onError));
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
