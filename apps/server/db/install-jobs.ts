import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { queues } from './queues.ts';

/** Installs or upgrades the job queue's own schema and lets the application's role put jobs into it. */
export async function installJobs(client: pg.Client): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => client.query(text, values) },
    supervise: false,
    schedule: false,
  });
  await boss.start();
  const present = new Set((await boss.getQueues()).map((queue) => queue.name));
  for (const [name, options] of Object.entries(queues)) {
    if (present.has(name)) await boss.updateQueue(name, options);
    else await boss.createQueue(name, options);
  }
  await boss.stop({ graceful: false, close: false });
  // The jobs are of all tenants: the application adds some and reads none.
  await client.query(`
    grant usage on schema pgboss to rollcall_app;
    revoke all on all tables in schema pgboss from rollcall_app;
    grant select on pgboss.queue to rollcall_app;
    grant insert, select (id) on pgboss.job, pgboss.job_common to rollcall_app;`);
}
