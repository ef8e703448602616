import type { AuditEvent } from '@rollcall/contract/audit';
import type { Database } from '../../db/open-database.ts';
import { createAddressGuard } from '../../platform/network/address-guard.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { readSealedEvents } from '../audit/read-sealed-events.ts';
import type { Context, Installation } from '../context.ts';
import { type Claimed, noteProgress, type Progress } from './claim-destinations.ts';
import { type Destination, type Message, type Sent, sendToDestination } from './send-to-destination.ts';
import { openSecret } from './signing-secrets.ts';

export interface Delivery {
  db: Database;
  clock: () => Date;
  installation: Installation;
  /** Runs work in a transaction of the organization, as Rollcall itself. */
  inOrganization<T>(organizationId: string, work: (ctx: Context) => Promise<T>): Promise<T>;
}

const batch = 100;
const hour = 3_600_000;
const givesUpAfter = 72 * hour;

/**
 * Sends a destination its next events, in the order of the chain, and notes how far it went. At least once: what was
 * sent and not noted, because the node died, is sent again with the same id. No transaction is open while it sends.
 */
export async function deliverToDestination(delivery: Delivery, claimed: Claimed): Promise<void> {
  const { clock } = delivery;
  const events = await delivery.inOrganization(claimed.organization_id, (ctx) =>
    readSealedEvents(ctx.tx, claimed.organization_id, claimed.position, batch),
  );
  const wanted = events.filter(
    (event) => claimed.actions.length === 0 || claimed.actions.includes(event.action),
  );
  const destination = destinationOf(delivery.installation, claimed);
  const sent = await sendToDestination(destination, wanted.map(messageOf), clock);
  const untaken = wanted[sent.taken];
  const position = untaken ? untaken.seq - 1 : (events.at(-1)?.seq ?? claimed.position);
  const progress = progressOf(claimed, sent, position, clock());
  await delivery.inOrganization(claimed.organization_id, async (ctx) => {
    const held = await noteProgress(ctx.tx, claimed, progress, ctx.now);
    if (!held || !progress.givenUp) return;
    await appendAuditEvents(ctx, [
      {
        action: 'webhook.given_up',
        target: { kind: 'webhook', id: claimed.id, name: claimed.name },
        after: { error: progress.error, failingSince: progress.failingSince?.toISOString() },
      },
    ]);
  });
}

function progressOf(claimed: Claimed, sent: Sent, position: number, now: Date): Progress {
  const success = sent.taken > 0;
  if (sent.error === null) {
    // Nothing sent because nothing was wanted says nothing about the receiver.
    return {
      position,
      success,
      error: null,
      failingSince: null,
      attempts: 0,
      nextAttemptAt: null,
      givenUp: false,
    };
  }
  const failingSince = (success ? null : claimed.failing_since) ?? now;
  const attempts = (success ? 0 : claimed.attempts) + 1;
  return {
    position,
    success,
    error: sent.error,
    failingSince,
    attempts,
    nextAttemptAt: new Date(now.getTime() + backOff(attempts)),
    givenUp: sent.gone || now.getTime() - failingSince.getTime() >= givesUpAfter,
  };
}

/** 5 s, 10 s, … up to an hour, give or take a tenth, lest all come back in the same moment. */
function backOff(attempts: number): number {
  return Math.min(5_000 * 2 ** (attempts - 1), hour) * (0.9 + Math.random() * 0.2);
}

export function destinationOf(
  installation: Installation,
  webhook: { id: string; url: string; secret_sealed: Buffer | null },
): Destination {
  return {
    url: webhook.url,
    secret: openSecret(installation.encryption, webhook.id, webhook.secret_sealed),
    guard: createAddressGuard(installation.privateNetworks ?? []),
    ownHost: new URL(installation.publicUrl).hostname,
  };
}

export function messageOf(event: AuditEvent): Message {
  return { id: event.id, type: event.action, timestamp: event.occurredAt, data: event };
}
