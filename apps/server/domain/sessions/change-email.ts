import { normaliseSignInName } from '@rollcall/contract/person-fields';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { actingAs, type Context } from '../context.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { type Account, readAccount, targetOf } from './read-account.ts';
import { consumeUserLink, issueUserLink, voidUserLinks } from './user-links.ts';

const confirmMinutes = 60;

/** Sends a link to the new address; nothing changes before its owner confirms it. */
export async function requestEmailChange(ctx: Context, account: Account, newEmail: string): Promise<void> {
  const { userId, organizationName, firstName, timeZone, language } = account;
  const { url, expiresAt } = await issueUserLink(ctx, {
    userId,
    purpose: 'email_change',
    path: '/confirm-email',
    minutes: confirmMinutes,
    newEmail,
  });
  await queueMail(ctx, [
    {
      template: 'email-change-confirm',
      to: newEmail,
      language,
      userId,
      values: {
        organizationName,
        firstName,
        newEmail,
        link: url,
        expiresAt: expiresAt.toISOString(),
        timeZone,
      },
    },
  ]);
  await appendAuditEvents(ctx, [
    {
      action: 'email.change_requested',
      target: targetOf(account),
      before: { email: account.email },
      after: { email: newEmail },
    },
  ]);
}

/**
 * Changes the address by the link and tells the old one. The sign-in name goes with it where it was the address.
 * @throws AppError `link_not_valid`, `duplicate_sign_in_name`
 */
export async function confirmEmailChange(ctx: Context, hash: Buffer): Promise<string> {
  const link = await consumeUserLink(ctx, hash, 'email_change');
  const newEmail = link.newEmail!;
  const account = (await readAccount(ctx, link.userId))!;
  const key = normaliseSignInName(newEmail);
  const signsInWithIt = account.signInKey === account.emailKey;
  await sql`
    update users set email = ${newEmail}, email_key = ${key},
      sign_in_name = case when ${signsInWithIt} then ${newEmail} else sign_in_name end,
      sign_in_key = case when ${signsInWithIt} then ${key} else sign_in_key end,
      updated_at = ${ctx.now}, version = version + 1
    where organization_id = ${ctx.organizationId} and id = ${account.userId}`
    .execute(ctx.tx)
    .catch((error: { constraint?: string }) => {
      if (error.constraint !== 'users_sign_in_key') throw error;
      throw new AppError('duplicate_sign_in_name', {
        detail: `Somebody else signs in as ${newEmail}. Ask your administrator, or choose another address.`,
        fields: [{ field: 'email', message: 'Somebody else signs in with this address.' }],
      });
    });
  const { userId, name, organizationName, firstName, timeZone, language } = account;
  const { ip } = ctx.actor;
  const own = actingAs(ctx, { kind: 'user', userId, sessionId: '', name, grants: new Map(), ip });
  // A link that still waits in the old mailbox must not let its reader in.
  await voidUserLinks(own, userId, 'password_reset');
  await appendAuditEvents(own, [
    {
      action: 'email.changed',
      target: targetOf(account),
      before: { email: account.email, signInName: account.signInName },
      after: { email: newEmail, signInName: signsInWithIt ? newEmail : account.signInName },
    },
  ]);
  if (account.email) {
    await queueMail(own, [
      {
        template: 'email-changed-notice',
        to: account.email,
        language,
        userId,
        values: { organizationName, firstName, newEmail, changedAt: ctx.now.toISOString(), timeZone },
      },
    ]);
  }
  return newEmail;
}
