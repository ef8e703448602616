import { CompiledQuery } from 'kysely';
import { type JobResult, PgBoss } from 'pg-boss';
import type { Database, Tx } from './open-database.ts';
import type { Queue } from './queues.ts';

export interface EnqueueOptions {
  startAfter?: Date;
  /** While a job with this key waits, another is not added. */
  singletonKey?: string;
  /** Higher ones go first; 0 if absent. */
  priority?: number;
}

/** Puts jobs into a queue inside the caller's transaction: they exist if and only if it commits. */
export type Enqueue = (
  tx: Tx,
  queue: Queue,
  jobs: readonly object[],
  options?: EnqueueOptions,
) => Promise<void>;

export interface Jobs {
  enqueue: Enqueue;
  /**
   * Runs `handler` for each job of the queue; it may run again after a crash, so it must be idempotent. A scheduled
   * job carries an empty object.
   */
  work<T>(queue: Queue, handler: (data: T) => Promise<void>): Promise<void>;
  /** As {@link Jobs.work} with all jobs that a look has found at once, which succeed or come back together. */
  workTogether<T>(queue: Queue, handler: (data: readonly T[]) => Promise<void>): Promise<void>;
  /** Puts a job into the queue at each time that the cron expression names (UTC), once for all nodes. */
  schedule(queue: Queue, cron: string): Promise<void>;
  stop(): Promise<void>;
}

/** A node looks once a second; of small jobs it takes many at once, so that a burst is done in seconds, not hours. */
const jobsPerPoll: { [queue in Queue]?: number } = { 'deliver-mail': 50, 'verify-off-boardings': 50 };

/** One job's outcome, so that a failing one brings none of its neighbours back. */
async function settle(
  id: string,
  run: () => Promise<void>,
  onError?: (error: Error) => void,
): Promise<JobResult> {
  try {
    await run();
    return { id, status: 'completed' };
  } catch (error) {
    onError?.(error as Error);
    return { id, status: 'failed', output: { message: (error as Error).message } };
  }
}

/** Opens the job queue on the database's own pool. `worker: false` only enqueues (the CLI, most tests). */
export async function openJobs(
  database: Database,
  options: { worker: boolean; onError?: (error: Error) => void },
): Promise<Jobs> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.pool.query(text, values) },
    migrate: false,
    supervise: options.worker,
    schedule: options.worker,
  });
  boss.on('error', (error) => options.onError?.(error as Error));
  await boss.start();
  return {
    async enqueue(tx, queue, jobs, { startAfter, singletonKey, priority } = {}) {
      if (jobs.length === 0) return;
      const rows = jobs.map((data) => ({
        data,
        ...(startAfter ? { startAfter } : {}),
        ...(singletonKey ? { singletonKey } : {}),
        ...(priority ? { priority } : {}),
      }));
      await boss.insert(queue, rows, {
        db: {
          executeSql: async (text, values) => ({
            rows: [...(await tx.executeQuery<object>(CompiledQuery.raw(text, values))).rows],
          }),
        },
      });
    },
    async work<T>(queue: Queue, handler: (data: T) => Promise<void>) {
      const polling = {
        pollingIntervalSeconds: 1,
        batchSize: jobsPerPoll[queue] ?? 1,
        perJobResults: true,
      } as const;
      await boss.work<T, unknown, typeof polling>(queue, polling, async (jobs) => {
        const results: JobResult[] = [];
        for (const job of jobs)
          results.push(await settle(job.id, () => handler(job.data ?? ({} as T)), options.onError));
        return results;
      });
    },
    async workTogether<T>(queue: Queue, handler: (data: readonly T[]) => Promise<void>) {
      const polling = { pollingIntervalSeconds: 1, batchSize: jobsPerPoll[queue] ?? 1 };
      await boss.work<T>(queue, polling, (jobs) => handler(jobs.map((job) => job.data)));
    },
    async schedule(queue, cron) {
      await boss.schedule(queue, cron);
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000, close: false }),
  };
}
