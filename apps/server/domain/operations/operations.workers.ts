import { sql } from 'kysely';
import type { Jobs } from '../../db/open-jobs.ts';
import type { Deps } from '../../edge/deps.ts';
import { inContext } from '../../edge/in-context.ts';
import { AppError } from '../../platform/errors.ts';
import { type Repetition, runRepeatedly } from '../../platform/run-repeatedly.ts';
import type { Context } from '../context.ts';
import { runNextChunk, stopOperation } from './run-operation.ts';

interface Job {
  organizationId: string;
  operationId: string;
}

/** A process that has not touched its operation for this long is dead. */
const haltedAfterSeconds = 30;

/** Starts this node's share of the bulk actions; stop what it returns before the database closes. */
export async function startOperationWorkers(
  deps: Deps,
  jobs: Jobs,
  onError?: (error: Error) => void,
): Promise<Repetition> {
  await jobs.work<Job>('run-operation', (job) => runOperation(deps, job));
  return runRepeatedly(
    async () => {
      const halted = await findHalted(deps);
      for (const job of halted) await runOperation(deps, job);
      return halted.length > 0 ? 'some' : 'none';
    },
    { fastest: 10_000, slowest: 30_000, ...(onError ? { onError } : {}) },
  );
}

/** Goes on with an operation from wherever it stands, chunk by chunk, until it has ended. */
export async function runOperation(deps: Deps, { organizationId, operationId }: Job): Promise<void> {
  const inTransaction = <T>(work: (ctx: Context) => Promise<T>) =>
    inContext(
      deps,
      { organizationId, requestId: operationId, actor: { kind: 'system', name: 'Rollcall', ip: null } },
      work,
    );
  for (let more = true; more; ) {
    try {
      more = (await inTransaction((ctx) => runNextChunk(ctx, operationId))) === 'more';
    } catch (error) {
      // Anything else (the database is away) is tried again by the queue.
      if (!(error instanceof AppError)) throw error;
      await inTransaction((ctx) => stopOperation(ctx, operationId, error.message));
      more = false;
    }
  }
}

function findHalted(deps: Deps): Promise<Job[]> {
  const now = deps.clock();
  const before = new Date(now.getTime() - haltedAfterSeconds * 1000);
  return deps.db.transaction({ organizationId: null, now }, async (tx) => {
    const { rows } = await sql<Job>`
      select organization_id as "organizationId", id as "operationId" from find_halted_operations(${before})`.execute(
      tx,
    );
    return rows;
  });
}
