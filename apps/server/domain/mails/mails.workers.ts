import type { Jobs } from '../../db/open-jobs.ts';
import type { Deps } from '../../edge/deps.ts';
import type { Context } from '../context.ts';
import {
  expireInvitations,
  findOrganizationsToTend,
  remindInvited,
} from '../invitations/tend-invitations.ts';
import { asRollcall, deliverMails, type MailsToDeliver } from './deliver-mails.workers.ts';
import { type OutageWatch, watchForOutages } from './mail-back-off.ts';
import { readBounces } from './read-bounces.workers.ts';
import { findOrganizationsWithOverdueMails, reviveMails } from './revive-mails.ts';

export interface MailWorkers {
  /** Closes the bounce mailbox; the jobs end with their queue. */
  stop(): Promise<void>;
}

/** Delivers mail on this node, looks after invitations, and reads the bounces where a mailbox is configured. */
export async function startMailWorkers(
  deps: Deps,
  jobs: Jobs,
  onError: (error: Error) => void = () => {},
): Promise<MailWorkers> {
  const outages = watchForOutages();
  await jobs.workTogether<MailsToDeliver>('deliver-mail', (batch) => deliverTogether(deps, batch, outages));
  await jobs.work('tend-invitations', () => tendInvitations(deps));
  await jobs.schedule('tend-invitations', '*/5 * * * *');
  const mailbox = deps.mail?.bouncesUrl ? readBounces(deps, deps.mail.bouncesUrl, onError) : null;
  return { stop: async () => mailbox?.stop() };
}

/** Many jobs of one mail each are as good as one of many. */
async function deliverTogether(
  deps: Deps,
  batch: readonly MailsToDeliver[],
  outages: OutageWatch,
): Promise<void> {
  const byOrganization = Map.groupBy(batch, (job) => job.organizationId);
  for (const [organizationId, jobs] of byOrganization) {
    await deliverMails(deps, { organizationId, mailIds: jobs.flatMap((job) => job.mailIds) }, outages);
  }
}

/** Expires, reminds, and finds mails whose job was lost, in every organization. */
export async function tendInvitations(deps: Deps): Promise<void> {
  const now = deps.clock();
  const [invitations, mails] = await deps.db.ownerTransaction(async (tx) => [
    await findOrganizationsToTend(tx, now),
    await findOrganizationsWithOverdueMails(tx, now),
  ]);
  for (const organizationId of invitations!) {
    await untilDone(deps, organizationId, expireInvitations);
    await untilDone(deps, organizationId, remindInvited);
  }
  for (const organizationId of mails!) await untilDone(deps, organizationId, reviveMails);
}

async function untilDone(deps: Deps, organizationId: string, work: (ctx: Context) => Promise<boolean>) {
  while (await asRollcall(deps, organizationId, work)) {
    // As long as there is more, a transaction each.
  }
}
