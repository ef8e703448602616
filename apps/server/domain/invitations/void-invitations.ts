import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { cancelInvitationMails } from '../mails/cancel-mails.ts';
import type { Outcome } from '../outcome.ts';
import { isOpen } from './open-states.ts';

export interface VoidedInvitation {
  id: string;
  userId: string;
  userName: string;
  email: string | null;
}

/**
 * Ends the open invitations of these users: their links stop working, mails that wait are not sent, and no seat is
 * taken by them. For what ends more than invitations (off-boarding, the undo of an import); the caller has asked for
 * the permission. Writes the audit.
 * @returns what ended; nobody is in it who had no open one
 */
export async function voidInvitations(ctx: Context, userIds: readonly string[]): Promise<VoidedInvitation[]> {
  const { rows } = await sql<VoidedInvitation>`
    with voided as (
      update invitations set state = 'revoked', revoked_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and user_id = any(${[...userIds]}::uuid[])
        and superseded_at is null and ${isOpen}
      returning id, user_id, email
    )
    select v.id, v.user_id as "userId", v.email, btrim(u.first_name || ' ' || u.last_name) as "userName"
    from voided v join users u on u.organization_id = ${ctx.organizationId} and u.id = v.user_id
    order by v.id`.execute(ctx.tx);
  await cancelInvitationMails(
    ctx,
    rows.map((row) => row.id),
  );
  await appendAuditEvents(
    ctx,
    rows.map((row) => ({
      action: 'invitation.revoked',
      target: { kind: 'user', id: row.userId, name: row.userName },
      before: { invitationId: row.id, email: row.email },
    })),
  );
  return rows;
}

/**
 * Revokes the open invitation of each of these users; they stay invited and take no seat.
 * @returns one outcome a user: `wrong_status` where none is open, `not_found`
 * @throws AppError `forbidden` without `invitations:manage`
 */
export async function revokeInvitations(
  ctx: Context,
  userIds: readonly string[],
): Promise<Outcome<{ invitationId: string }>[]> {
  requirePermission(ctx, 'invitations:manage');
  const voided = new Map((await voidInvitations(ctx, userIds)).map((one) => [one.userId, one.id]));
  const { rows } = await sql<{ id: string }>`
    select id from users where organization_id = ${ctx.organizationId} and id = any(${[...userIds]}::uuid[])
      and withdrawn_at is null`.execute(ctx.tx);
  const known = new Set(rows.map((row) => row.id));
  return userIds.map((userId) => {
    const invitationId = voided.get(userId);
    if (invitationId) return { ok: true, invitationId };
    return { ok: false, error: known.has(userId) ? nothingOpen() : noSuchAgent() };
  });
}

export function noSuchAgent(): AppError {
  return new AppError('not_found', { detail: 'There is no such agent.' });
}

function nothingOpen(): AppError {
  return new AppError('wrong_status', {
    detail: 'This person has no open invitation that could be revoked.',
  });
}
