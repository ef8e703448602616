import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { issueSecret } from '../../platform/secrets.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { actingAs, type Context } from '../context.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { endSessions } from './end-sessions.ts';
import { type Account, readAccount, targetOf } from './read-account.ts';
import { requirePerson } from './require-person.ts';
import { consumeUserLink, issueUserLink, voidUserLinks } from './user-links.ts';

const resetMinutes = 30;

/** Sends the link to choose a new password; to nobody who could not sign in with it. Told by `startedBy` if not asked by the owner. */
export async function sendPasswordReset(
  ctx: Context,
  account: Account,
  startedBy?: string,
): Promise<boolean> {
  if (account.status !== 'active' || !account.email) return false;
  const { userId, organizationName, firstName, signInName, timeZone, language } = account;
  const { url, expiresAt } = await issueUserLink(ctx, {
    userId,
    purpose: 'password_reset',
    path: '/reset-password',
    minutes: resetMinutes,
  });
  await queueMail(ctx, [
    {
      template: 'password-reset',
      to: account.email,
      language,
      userId,
      values: {
        organizationName,
        firstName,
        userName: signInName,
        link: url,
        expiresAt: expiresAt.toISOString(),
        timeZone,
        startedBy,
      },
    },
  ]);
  await appendAuditEvents(ctx, [{ action: 'password.reset_requested', target: targetOf(account) }]);
  return true;
}

/** Sets the new password by the link and ends every session of the user. @throws AppError `link_not_valid` */
export async function completePasswordReset(ctx: Context, hash: Buffer, newHash: string): Promise<Account> {
  const { userId } = await consumeUserLink(ctx, hash, 'password_reset');
  await sql`
    insert into user_credentials (organization_id, user_id, password_hash, changed_at)
    values (${ctx.organizationId}, ${userId}, ${newHash}, ${ctx.now})
    on conflict (organization_id, user_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at`.execute(
    ctx.tx,
  );
  const account = (await readAccount(ctx, userId))!;
  const { ip } = ctx.actor;
  const person = { kind: 'user', userId, sessionId: '', name: account.name, grants: new Map(), ip } as const;
  const own = actingAs(ctx, person);
  await appendAuditEvents(own, [{ action: 'password.reset', target: targetOf(account) }]);
  await endSessions(own, { userId }, 'password_changed');
  await voidUserLinks(ctx, userId, 'email_change');
  await tellPasswordChanged(own, account);
  return account;
}

/**
 * Changes one's own password after the present one was checked against `checkedHash`; ends every other session and
 * gives this one a new secret.
 * @returns the new secret for the cookie
 */
export async function changePassword(
  ctx: Context,
  account: Account,
  newHash: string,
): Promise<{ secret: string; expiresAt: Date }> {
  const { userId, sessionId } = requirePerson(ctx);
  const changed = await sql`
    update user_credentials set password_hash = ${newHash}, changed_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and user_id = ${userId} and password_hash = ${account.passwordHash}
    returning 1`.execute(ctx.tx);
  if (changed.rows.length === 0) {
    throw new AppError('conflict', { detail: 'The password was changed in the meantime. Sign in again.' });
  }
  await appendAuditEvents(ctx, [{ action: 'password.changed', target: targetOf(account) }]);
  await endSessions(ctx, { userId, except: sessionId }, 'password_changed');
  await voidUserLinks(ctx, userId, 'password_reset');
  await voidUserLinks(ctx, userId, 'email_change');
  await tellPasswordChanged(ctx, account);
  const { secret, hash } = issueSecret('rcs', ctx.organizationId);
  const { rows } = await sql<{ expires_at: Date }>`
    update sessions set secret_hash = ${hash}
    where organization_id = ${ctx.organizationId} and id = ${sessionId} returning expires_at`.execute(ctx.tx);
  return { secret, expiresAt: rows[0]!.expires_at };
}

async function tellPasswordChanged(ctx: Context, account: Account): Promise<void> {
  if (!account.email) return;
  const { userId, organizationName, firstName, signInName, timeZone, language } = account;
  await queueMail(ctx, [
    {
      template: 'password-changed',
      to: account.email,
      language,
      userId,
      values: {
        organizationName,
        firstName,
        userName: signInName,
        changedAt: ctx.now.toISOString(),
        timeZone,
        link: `${ctx.installation.publicUrl}/forgot-password`,
      },
    },
  ]);
}
