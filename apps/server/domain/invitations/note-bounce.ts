import { normaliseSignInName } from '@rollcall/contract/person-fields';
import { sql } from 'kysely';
import type { Bounce } from '../../platform/mail/read-bounce.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { noteMailOutcomes } from './note-mail-outcome.ts';

export type BounceOutcome = { outcome: 'noted' | 'ignored'; why: string | null };

/**
 * Notes a bounce of a mail of this organization. It counts only if it names the mail by its Message-ID (ours, or the
 * one that the mail server gave it), which nobody knows who has not seen the mail, and the address that it went to.
 * It may be told any number of times.
 * @throws AppError `forbidden` without `mail:manage`
 */
export async function noteBounce(ctx: Context, bounce: Bounce): Promise<BounceOutcome> {
  requirePermission(ctx, 'mail:manage');
  if (bounce.kind === 'not_a_report') return ignored(`This is no report on a delivery: ${bounce.why}.`);
  if (bounce.kind !== 'failed') return ignored('The report says that the mail is delayed or delivered.');
  const { rows } = await sql<{ id: string; recipient: string; invitation_id: string | null; state: string }>`
    select id, recipient, invitation_id, state from mails
    where organization_id = ${ctx.organizationId}
      and (message_id = ${bounce.messageId} or server_message_id = ${bounce.messageId})`.execute(ctx.tx);
  const mail = rows[0];
  if (!mail) return ignored('The report is not about a mail of this organization.');
  if (normaliseSignInName(mail.recipient) !== normaliseSignInName(bounce.recipient)) {
    return ignored('The report names another address than the mail went to.');
  }
  const words = `${bounce.status} ${bounce.reason}`;
  if (mail.state === 'bounced') return { outcome: 'noted', why: null };
  if (mail.invitation_id) {
    await noteMailOutcomes(ctx, [{ invitationId: mail.invitation_id, outcome: 'bounced', words }]);
  }
  await sql`
    update mails set state = 'bounced', words = ${words}, content = null, next_attempt_at = null
    where organization_id = ${ctx.organizationId} and id = ${mail.id}`.execute(ctx.tx);
  return { outcome: 'noted', why: null };
}

function ignored(why: string): BounceOutcome {
  return { outcome: 'ignored', why };
}
