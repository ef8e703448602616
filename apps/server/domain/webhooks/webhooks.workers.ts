import { sql } from 'kysely';
import type { Jobs } from '../../db/open-jobs.ts';
import type { Deps } from '../../edge/deps.ts';
import { inContext } from '../../edge/in-context.ts';
import { type Repetition, runRepeatedly } from '../../platform/run-repeatedly.ts';
import { readSealedEvent } from '../audit/read-sealed-events.ts';
import { claimDestinations } from './claim-destinations.ts';
import { type Delivery, deliverToDestination, destinationOf, messageOf } from './deliver-to-destination.ts';
import { sendToDestination } from './send-to-destination.ts';

const mostAtOnce = 20;

/** Starts this node's deliveries to webhooks and syslog; stop what it returns before the database closes. */
export async function startWebhookWorkers(
  deps: Deps,
  jobs: Jobs,
  onError?: (error: Error) => void,
): Promise<Repetition> {
  const delivery: Delivery = {
    ...deps,
    inOrganization: (organizationId, work) =>
      inContext(
        deps,
        {
          organizationId,
          actor: { kind: 'system', name: 'Rollcall', ip: null },
          requestId: 'deliver-webhook',
        },
        work,
      ),
  };
  await jobs.work<Redelivery>('deliver-webhook', (data) => deliverAgain(delivery, data));
  const running = new Set<Promise<void>>();
  const rounds = runRepeatedly(
    async () => {
      const free = mostAtOnce - running.size;
      if (free === 0) return 'some';
      const claimed = await deps.db.ownerTransaction((tx) => claimDestinations(tx, deps.clock(), free));
      for (const destination of claimed) {
        const work: Promise<void> = deliverToDestination(delivery, destination)
          .catch((error: Error) => onError?.(error))
          .finally(() => running.delete(work));
        running.add(work);
      }
      return claimed.length > 0 ? 'some' : 'none';
    },
    { fastest: 200, slowest: 1_000, ...(onError ? { onError } : {}) },
  );
  return {
    async stop() {
      await rounds.stop();
      await Promise.all(running);
    },
  };
}

interface Redelivery {
  organizationId: string;
  webhookId: string;
  eventId: string;
}

/** One event again, asked for by hand; the queue tries again where it fails. */
async function deliverAgain(
  delivery: Delivery,
  { organizationId, webhookId, eventId }: Redelivery,
): Promise<void> {
  const found = await delivery.inOrganization(organizationId, async (ctx) => {
    const { rows } = await sql<{ id: string; url: string; secret_sealed: Buffer | null }>`
      select id, url, secret_sealed from webhooks
      where organization_id = ${organizationId} and id = ${webhookId}`.execute(ctx.tx);
    const event = await readSealedEvent(ctx.tx, organizationId, eventId);
    return rows[0] && event && { webhook: rows[0], event };
  });
  // Removed in the meantime: there is nobody to deliver to.
  if (!found) return;
  const destination = destinationOf(delivery.installation, found.webhook);
  const { error } = await sendToDestination(destination, [messageOf(found.event)], delivery.clock);
  if (error !== null) throw new Error(error);
}
