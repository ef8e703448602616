import { invitationDays } from '@rollcall/contract/invitations';
import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { cancelInvitationMails } from '../mails/cancel-mails.ts';
import { type Invitee, issueLink, mailInvitations } from './create-invitations.ts';
import { isOpen } from './open-states.ts';

const day = 86_400_000;
/** Invitations that one transaction deals with. */
const atOnce = 1_000;

/** The organizations in which an invitation may have expired or a reminder may be due; asked as the owner. */
export async function findOrganizationsToTend(tx: Tx, now: Date): Promise<string[]> {
  const horizon = new Date(now.getTime() + invitationDays.reminderBefore * day);
  const { rows } = await sql<{ organization_id: string }>`
    select distinct organization_id from invitations
    where ${isOpen} and expires_at <= ${horizon}
      and (expires_at <= ${now} or reminded_at is null and delivery = 'mail')`.execute(tx);
  return rows.map((row) => row.organization_id);
}

/**
 * Marks what has expired; it takes no seat any more.
 * @returns whether there may be more
 */
export async function expireInvitations(ctx: Context): Promise<boolean> {
  const { rows } = await sql<{ id: string; user_id: string; email: string | null; name: string }>`
    with expired as (
      update invitations set state = 'expired', expired_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and id in (
        select id from invitations
        where organization_id = ${ctx.organizationId} and ${isOpen} and expires_at <= ${ctx.now}
        order by id limit ${atOnce} for update skip locked)
      returning id, user_id, email
    )
    select e.*, btrim(u.first_name || ' ' || u.last_name) as name
    from expired e join users u on u.organization_id = ${ctx.organizationId} and u.id = e.user_id
    order by e.id`.execute(ctx.tx);
  await cancelInvitationMails(
    ctx,
    rows.map((row) => row.id),
  );
  await appendAuditEvents(
    ctx,
    rows.map((row) => ({
      action: 'invitation.expired',
      target: { kind: 'user', id: row.user_id, name: row.name },
      after: { invitationId: row.id, email: row.email },
    })),
  );
  return rows.length === atOnce;
}

/**
 * Reminds, once, those whose mail has arrived as far as is known. The reminder has a link of its own, because the
 * first one is known by its hash only; both work, and either consumes the invitation.
 * @returns whether there may be more
 */
export async function remindInvited(ctx: Context): Promise<boolean> {
  const horizon = new Date(ctx.now.getTime() + invitationDays.reminderBefore * day);
  const { rows } = await sql<Invitee & { id: string; expiresAt: Date }>`
    select i.id, i.expires_at as "expiresAt", u.id as "userId", i.email, u.first_name as "firstName",
      u.last_name as "lastName", u.sign_in_name as "signInName", u.locale, u.time_zone as "timeZone"
    from invitations i
    join users u on u.organization_id = i.organization_id and u.id = i.user_id and u.status = 'invited'
    where i.organization_id = ${ctx.organizationId} and i.state in ('sent', 'visited') and i.delivery = 'mail'
      and i.reminded_at is null and i.expires_at > ${ctx.now} and i.expires_at <= ${horizon}
    order by i.id limit ${atOnce} for update of i skip locked`.execute(ctx.tx);
  const reminded = rows.map(({ id, expiresAt, ...invitee }) => ({
    id,
    expiresAt,
    invitee,
    ...issueLink(ctx),
  }));
  const hashes = reminded.map(({ id, hash }) => ({ id, hash: hash.toString('base64') }));
  await sql`
    update invitations i set reminded_at = ${ctx.now}, reminder_hash = decode(g.hash, 'base64')
    from json_to_recordset(${JSON.stringify(hashes)}::json) as g(id uuid, hash text)
    where i.organization_id = ${ctx.organizationId} and i.id = g.id`.execute(ctx.tx);
  await mailInvitations(ctx, 'invitation-reminder', reminded);
  await appendAuditEvents(
    ctx,
    reminded.map(({ id, invitee }) => ({
      action: 'invitation.reminded',
      target: { kind: 'user', id: invitee.userId, name: `${invitee.firstName} ${invitee.lastName}`.trim() },
      after: { invitationId: id, email: invitee.email },
    })),
  );
  return rows.length === atOnce;
}
