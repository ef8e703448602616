import { deliverMails, type MailsToDeliver } from '../domain/mails/deliver-mails.workers.ts';
import { type OutageWatch, watchForOutages } from '../domain/mails/mail-back-off.ts';
import type { Harness } from './harness.ts';

/** Runs the mail jobs that are due by the harness's clock, as a node's worker would. @returns how many */
export async function runMailJobs(
  harness: Harness,
  outages: OutageWatch = watchForOutages(),
  deps = harness.deps,
): Promise<number> {
  const now = new Date(Math.max(harness.clock.now.getTime(), Date.now()));
  const { rows } = await deps.db.pool.query<{ data: MailsToDeliver }>(
    `delete from pgboss.job where name = 'deliver-mail' and state = 'created' and start_after <= $1 returning data`,
    [now],
  );
  for (const { data } of rows) await deliverMails(deps, data, outages);
  return rows.length;
}
