import type { Deps } from '../../edge/deps.ts';
import { inContext } from '../../edge/in-context.ts';
import { newId } from '../../platform/ids.ts';
import type { Mail } from '../../platform/mail/open-mail.ts';
import type { SendOutcome } from '../../platform/mail/transport.ts';
import type { Context } from '../context.ts';
import { noteMailOutcomes } from '../invitations/note-mail-outcome.ts';
import { type ClaimedMail, claimMails, keepMails } from './claim-mails.ts';
import { givenUpAfterMs, nextAttemptAt, type Outage, type OutageWatch } from './mail-back-off.ts';
import { type Attempt, noteAttempts, postponeMails } from './note-attempts.ts';

/** The data of a job `deliver-mail`. */
export interface MailsToDeliver {
  organizationId: string;
  mailIds: readonly string[];
}

/** As many as the transport has connections; a crash may repeat so many at most. */
const mailsAtOnce = 5;
/** A job leaves the rest to another one in good time before it counts as lost. */
const longestMs = 120_000;

/**
 * Sends what waits of these mails. In three steps, each mail: claim it, send it outside of any transaction, note what
 * came of it. What has to wait is put into a further job.
 */
export async function deliverMails(deps: Deps, job: MailsToDeliver, outages: OutageWatch): Promise<void> {
  const { mail } = deps;
  const run = <T>(work: (ctx: Context) => Promise<T>) => asRollcall(deps, job.organizationId, work);
  if (!mail) {
    await run((ctx) => keepMails(ctx, job.mailIds));
    return;
  }
  const started = Date.now();
  for (let next = 0; next < job.mailIds.length; next += mailsAtOnce) {
    const rest = job.mailIds.slice(next);
    const outage = outages.present(deps.clock());
    if (outage) {
      await run(async (ctx) => {
        await postponeMails(ctx, rest, outage.words, outage.until);
        await deliverLater(ctx, rest, outage.until);
      });
      return;
    }
    if (Date.now() - started > longestMs) {
      await run((ctx) => deliverLater(ctx, rest, ctx.now));
      return;
    }
    await deliverSome(deps, mail, { ...job, mailIds: rest.slice(0, mailsAtOnce) }, outages);
  }
}

async function deliverSome(deps: Deps, mail: Mail, job: MailsToDeliver, outages: OutageWatch): Promise<void> {
  const { mailIds } = job;
  const run = <T>(work: (ctx: Context) => Promise<T>) => asRollcall(deps, job.organizationId, work);
  const claimed = await run(async (ctx) => {
    const claim = await claimMails(ctx, mailIds, mail.domain);
    if (claim.heldUntil) await deliverLater(ctx, mailIds, claim.heldUntil);
    return claim.claimed;
  });
  const results = await Promise.all(
    claimed.map(async (one) => ({ mail: one, result: await sendOne(mail, one) })),
  );
  const outage = judgeServer(results, outages, deps.clock());
  await run(async (ctx) => {
    const attempts = results.map((one) => attemptOf(one, ctx.now, outage));
    // The invitation first and its mail after, as whoever revokes one does.
    await noteMailOutcomes(
      ctx,
      results.flatMap(({ mail: { invitationId } }, index) => {
        const { outcome, words } = attempts[index]!;
        return invitationId && outcome !== 'deferred' ? [{ invitationId, outcome, words }] : [];
      }),
    );
    await noteAttempts(ctx, attempts);
    const deferred = attempts.filter((attempt) => attempt.outcome === 'deferred');
    if (deferred.length === 0) return;
    const soonest = new Date(Math.min(...deferred.map((attempt) => attempt.nextAttemptAt.getTime())));
    await deliverLater(
      ctx,
      deferred.map((attempt) => attempt.mailId),
      soonest,
    );
  });
}

async function sendOne(mail: Mail, { to, messageId, rendered }: ClaimedMail): Promise<SendOutcome> {
  if (!rendered) {
    const words = 'This mail cannot be read any more: it was written under another ROLLCALL_SECRET.';
    return { outcome: 'refused', permanent: true, code: null, words };
  }
  return mail.transport.send({ ...rendered, to, messageId });
}

interface Sent {
  mail: ClaimedMail;
  result: SendOutcome;
}

/** What these attempts say about the server itself, whoever the mails were for. */
function judgeServer(sent: readonly Sent[], outages: OutageWatch, now: Date): Outage | null {
  if (sent.some(({ result }) => result.outcome === 'accepted')) {
    outages.worked();
    return null;
  }
  for (const { result } of sent) {
    if (result.outcome === 'deferred' && result.cause !== 'busy') return outages.failed(result.words, now);
  }
  return null;
}

function attemptOf({ mail, result }: Sent, now: Date, outage: Outage | null): Attempt {
  const mailId = mail.id;
  if (result.outcome === 'accepted') {
    return {
      mailId,
      outcome: 'sent',
      words: result.serverResponse,
      serverMessageId: result.serverMessageId,
    };
  }
  const { words } = result;
  if (result.outcome === 'refused') return { mailId, outcome: 'refused', words };
  if (now.getTime() - mail.createdAt.getTime() > givenUpAfterMs) {
    return {
      mailId,
      outcome: 'refused',
      words: `Given up after ${givenUpAfterMs / 3_600_000} hours: ${words}`,
    };
  }
  const own = nextAttemptAt(mail.attempts, now);
  return {
    mailId,
    outcome: 'deferred',
    words,
    nextAttemptAt: outage && outage.until > own ? outage.until : own,
  };
}

async function deliverLater(ctx: Context, mailIds: readonly string[], startAfter: Date): Promise<void> {
  await ctx.enqueue('deliver-mail', [{ organizationId: ctx.organizationId, mailIds }], { startAfter });
}

/** Rollcall itself at work in one organization. */
export function asRollcall<T>(
  deps: Deps,
  organizationId: string,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const actor = { kind: 'system', name: 'Rollcall', ip: null } as const;
  return inContext(deps, { organizationId, actor, requestId: newId() }, work);
}
