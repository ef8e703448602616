import { expect, test } from 'vitest';
import { useHarness } from '../test/harness.ts';
import { openJobs } from './open-jobs.ts';

const harness = useHarness();

test('a job of the schedule, which carries nothing, comes as an empty object', async () => {
  const { db } = harness.deps;
  const jobs = await openJobs(db, { worker: true });
  try {
    await db.pool.query(`insert into pgboss.job (name) values ('tend-calendar')`);
    const data = await new Promise((resolve) => {
      void jobs.work('tend-calendar', async (received) => resolve(received));
    });
    expect(data).toEqual({});
  } finally {
    await jobs.stop();
  }
});
