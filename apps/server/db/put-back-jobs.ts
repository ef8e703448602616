import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { queues } from './queues.ts';

const batch = 1_000;

interface StoredJob {
  queue: string;
  data: object | null;
  start_after: Date;
  singleton_key: string | null;
}

/**
 * Puts the jobs of the temporary table `restored_jobs` into their queues again, in the caller's transaction. What was
 * half done runs again: every handler is idempotent. A queue that is no more has nobody to do its work.
 */
export async function putBackJobs(client: pg.Client): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => client.query(text, values) },
    migrate: false,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await client.query('declare jobs cursor for select * from restored_jobs where queue = any($1)', [
    Object.keys(queues),
  ]);
  for (;;) {
    const { rows } = await client.query<StoredJob>(`fetch ${batch} from jobs`);
    const byQueue = Map.groupBy(rows, ({ queue }) => queue);
    for (const [queue, jobs] of byQueue) await boss.insert(queue, jobs.map(asInsert));
    if (rows.length < batch) break;
  }
  await boss.stop({ graceful: false, close: false });
}

function asInsert({ data, start_after, singleton_key }: StoredJob) {
  return {
    ...(data === null ? {} : { data }),
    startAfter: start_after,
    ...(singleton_key === null ? {} : { singletonKey: singleton_key }),
  };
}
