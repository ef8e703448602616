import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { createInvitations, type Invitee, issueInvitations } from './create-invitations.ts';
import { noSuchAgent } from './void-invitations.ts';

/**
 * Sends each of these users a new invitation; the one before it stops working.
 * @returns one outcome a user: `not_found`, `wrong_status` for who is not invited, `invalid_input` without an e-mail address
 * @throws AppError `forbidden` without `invitations:manage`
 */
export async function resendInvitations(
  ctx: Context,
  userIds: readonly string[],
): Promise<Outcome<{ invitationId: string }>[]> {
  requirePermission(ctx, 'invitations:manage');
  const held = await holdInvitees(ctx, userIds);
  const invitees = [...held.values()].filter((one): one is Invitee => !(one instanceof AppError));
  const outcomes = await createInvitations(ctx, invitees);
  const outcomeOf = new Map(invitees.map((invitee, index) => [invitee.userId, outcomes[index]!]));
  return userIds.map((id) => {
    const outcome = outcomeOf.get(id);
    if (!outcome) return { ok: false, error: held.get(id) as AppError };
    return outcome.ok ? { ok: true, invitationId: outcome.invitationId! } : outcome;
  });
}

/**
 * Makes a new link to hand over by other means, and voids the old one. Nothing but its hash is kept.
 * @throws AppError `forbidden` without `invitations:manage`, `not_found`, `wrong_status`
 */
export async function copyInvitationLink(
  ctx: Context,
  userId: string,
): Promise<{ link: string; expiresAt: Date }> {
  requirePermission(ctx, 'invitations:manage');
  const invitee = (await holdInvitees(ctx, [userId])).get(userId)!;
  if (invitee instanceof AppError) throw invitee;
  const [issued] = await issueInvitations(ctx, [invitee], 'link');
  return issued!;
}

interface Row extends Invitee {
  status: string;
  startDate: string | null;
}

/** Who of them can be invited, and why the others cannot; held, so that nobody accepts or leaves in the meantime. */
async function holdInvitees(
  ctx: Context,
  userIds: readonly string[],
): Promise<Map<string, Invitee | AppError>> {
  const { rows } = await sql<Row>`
    select id as "userId", email, first_name as "firstName", last_name as "lastName", sign_in_name as "signInName",
      locale, time_zone as "timeZone", status, start_date as "startDate"
    from users where organization_id = ${ctx.organizationId} and id = any(${[...userIds]}::uuid[])
      and withdrawn_at is null
    order by id for no key update`.execute(ctx.tx);
  const found = new Map(rows.map((row) => [row.userId, row]));
  return new Map(
    userIds.map((id) => {
      const row = found.get(id);
      if (!row) return [id, noSuchAgent()];
      return [id, row.status === 'invited' ? row : notInvited(row)];
    }),
  );
}

function notInvited({ status, firstName, lastName, startDate }: Row): AppError {
  const name = `${firstName} ${lastName}`.trim();
  const why: Record<string, string> = {
    active: `${name} has accepted an invitation already and can sign in. For a new password use “Reset password”.`,
    inactive: `${name} is deactivated. Reactivate them first.`,
    scheduled: `${name} starts on ${startDate} and is invited on that day. Change the start date to invite them now.`,
  };
  return new AppError('wrong_status', { detail: why[status]! });
}
