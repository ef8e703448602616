import { invitationDays } from '@rollcall/contract/invitations';
import { sql } from 'kysely';
import { type AppError, invalidField } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { chooseMailLanguage } from '../../platform/mail/mail-content.ts';
import { issueSecret } from '../../platform/secrets.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { actingUserId } from '../context.ts';
import { queueMail } from '../mails/queue-mail.ts';
import type { Outcome } from '../outcome.ts';
import { supersedeInvitations } from './supersede-invitations.ts';

/** Whom to invite. The user exists already, perhaps only in this transaction. */
export interface Invitee {
  userId: string;
  email: string | null;
  firstName: string;
  lastName: string;
  signInName: string;
  locale?: string | null;
  timeZone?: string | null;
  /** `none` makes no invitation: it can be sent, or a link be copied, later. */
  invite?: 'mail' | 'none';
}

/** `invitationId` is null where none was wanted. */
export type InvitationOutcome = Outcome<{ invitationId: string | null }>;

/**
 * Invites these users by mail, as many as are given, in some statements; what they had before stops working. It asks
 * for no permission: whoever adds, reactivates or invites somebody has. Writes the audit. `first` says that they are
 * new and have none to stop.
 * @returns one outcome an invitee, in their order: refused is who has no e-mail address
 */
export async function createInvitations(
  ctx: Context,
  invitees: readonly Invitee[],
  options: { first?: boolean } = {},
): Promise<InvitationOutcome[]> {
  const wanted = invitees.filter((invitee) => invitee.invite !== 'none' && invitee.email !== null);
  const [issued, sender] = await Promise.all([
    issueInvitations(ctx, wanted, 'mail', options),
    wanted.length > 0 ? readSender(ctx) : undefined,
  ]);
  const idOf = new Map(issued.map((one) => [one.invitee.userId, one.id]));
  await mailInvitations(ctx, 'invitation', issued, sender);
  return invitees.map((invitee) => {
    if (invitee.invite === 'none') return { ok: true, invitationId: null };
    const invitationId = idOf.get(invitee.userId);
    return invitationId ? { ok: true, invitationId } : { ok: false, error: noAddress(invitee) };
  });
}

function noAddress({ firstName, lastName }: Invitee): AppError {
  return invalidField(
    'email',
    `${`${firstName} ${lastName}`.trim()} has no e-mail address to send an invitation to.`,
    'Enter one, or copy the invitation link and hand it over.',
  );
}

export interface IssuedInvitation {
  id: string;
  invitee: Invitee;
  link: string;
  expiresAt: Date;
}

/** Makes an invitation for each, in the place of what they had, and sends nothing. */
export async function issueInvitations(
  ctx: Context,
  invitees: readonly Invitee[],
  delivery: 'mail' | 'link',
  options: { first?: boolean } = {},
): Promise<IssuedInvitation[]> {
  if (invitees.length === 0) return [];
  const expiresAt = new Date(ctx.now.getTime() + invitationDays.valid * 86_400_000);
  if (!options.first) {
    await supersedeInvitations(
      ctx,
      invitees.map((invitee) => invitee.userId),
    );
  }
  const issued = invitees.map((invitee) => ({
    id: newId(),
    invitee,
    ...issueLink(ctx),
    expiresAt,
  }));
  const rows = issued.map(({ id, invitee, hash }) => ({
    id,
    user_id: invitee.userId,
    email: invitee.email,
    hash: hash.toString('base64'),
  }));
  // A link that is handed over has arrived where it was sent.
  const [state, sentAt] = delivery === 'mail' ? ['queued', null] : ['sent', ctx.now];
  const { actor } = ctx;
  const insertion = sql`
    insert into invitations (organization_id, id, user_id, email, delivery, state, sent_at, link_hash, invited_by,
      invited_by_name, created_at, expires_at)
    select ${ctx.organizationId}::uuid, id, user_id, email, ${delivery}, ${state}, ${sentAt}::timestamptz,
      decode(hash, 'base64'), ${actingUserId(actor)}::uuid, ${actor.kind === 'anonymous' ? null : actor.name || null},
      ${ctx.now}, ${expiresAt}
    from json_to_recordset(${JSON.stringify(rows)}::json) as g(id uuid, user_id uuid, email text, hash text)`.execute(
    ctx.tx,
  );
  await Promise.all([
    insertion,
    appendAuditEvents(
      ctx,
      issued.map(({ id, invitee }) => ({
        action: delivery === 'mail' ? 'invitation.created' : 'invitation.link_copied',
        target: { kind: 'user', id: invitee.userId, name: `${invitee.firstName} ${invitee.lastName}`.trim() },
        after: { invitationId: id, email: invitee.email, expiresAt },
      })),
    ),
  ]);
  return issued;
}

/** A link for the page that accepts. The token is in the fragment, which no server and no proxy gets to see. */
export function issueLink(ctx: Context): { link: string; hash: Buffer } {
  const { secret, hash } = issueSecret('rci', ctx.organizationId);
  return { link: `${ctx.installation.publicUrl}/accept-invitation#token=${secret}`, hash };
}

/** Queues the mail of each invitation, in the language of its reader. */
export async function mailInvitations(
  ctx: Context,
  template: 'invitation' | 'invitation-reminder',
  issued: readonly IssuedInvitation[],
  known?: Sender,
): Promise<void> {
  if (issued.length === 0) return;
  const sender = known ?? (await readSender(ctx));
  await queueMail(
    ctx,
    issued.map(({ id, invitee, link, expiresAt }) => ({
      template,
      to: invitee.email!,
      language: chooseMailLanguage(invitee.locale ?? sender.language),
      userId: invitee.userId,
      invitationId: id,
      values: {
        organizationName: sender.name,
        inviterName: sender.inviterName ?? undefined,
        inviterEmail: sender.inviterEmail ?? undefined,
        firstName: invitee.firstName,
        userName: invitee.signInName,
        link,
        expiresAt: expiresAt.toISOString(),
        timeZone: invitee.timeZone ?? sender.timeZone,
      },
    })),
  );
}

interface Sender {
  name: string;
  language: string;
  timeZone: string;
  inviterName: string | null;
  inviterEmail: string | null;
}

/** The organization, and the person who invites where it is one (a key and Rollcall itself are none). */
async function readSender(ctx: Context): Promise<Sender> {
  const { actor } = ctx;
  const inviter = actor.kind === 'user' || actor.kind === 'import' ? actor.userId : null;
  const { rows } = await sql<Sender>`
    select o.name, o.language, o.time_zone as "timeZone", u.email as "inviterEmail",
      nullif(btrim(u.first_name || ' ' || u.last_name), '') as "inviterName"
    from organizations o left join users u on u.organization_id = o.id and u.id = ${inviter}::uuid
    where o.id = ${ctx.organizationId}`.execute(ctx.tx);
  return rows[0]!;
}
