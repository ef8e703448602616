import type { InvitationOffer } from '@rollcall/contract/invitations';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { sayDay } from '../../platform/mail/mail-content.ts';
import type { Context } from '../context.ts';

/** An invitation that can be accepted now, with whom it invites. */
export interface OpenInvitation {
  id: string;
  state: string;
  userId: string;
  email: string | null;
  signInName: string;
  firstName: string;
  lastName: string;
  organizationName: string;
  language: string;
  timeZone: string;
  expiresAt: Date;
}

interface Found extends OpenInvitation {
  superseded: boolean;
  userStatus: string;
  withdrawn: boolean;
}

/**
 * The invitation behind a link, by the hash of its token. Looking at it changes nothing.
 * @throws AppError `link_not_valid` saying why and what to do, for one that was used, revoked, has expired or is not ours
 */
export async function findInvitation(ctx: Context, hash: Buffer): Promise<OpenInvitation> {
  const { rows } = await sql<Found>`
    select i.id, i.state, i.user_id as "userId", i.expires_at as "expiresAt", i.superseded_at is not null as superseded,
      u.email, u.sign_in_name as "signInName", u.first_name as "firstName", u.last_name as "lastName",
      u.status as "userStatus", u.withdrawn_at is not null as withdrawn,
      o.name as "organizationName", o.language, coalesce(u.time_zone, o.time_zone) as "timeZone"
    from invitations i
    join users u on u.organization_id = i.organization_id and u.id = i.user_id
    join organizations o on o.id = i.organization_id
    where i.organization_id = ${ctx.organizationId} and (i.link_hash = ${hash} or i.reminder_hash = ${hash})`.execute(
    ctx.tx,
  );
  const found = rows[0];
  if (!found) throw unknownLink();
  const why = whyNot(found, ctx.now);
  if (why) throw new AppError('link_not_valid', { detail: why });
  return found;
}

function whyNot(found: Found, now: Date): string | null {
  if (found.state === 'accepted') {
    return 'This invitation has been accepted already. Sign in; if you do not know the password, use “Forgotten password”.';
  }
  if (found.superseded) {
    return 'A newer invitation has taken the place of this one. Use the link in the latest mail, or ask the person who invited you.';
  }
  if (found.state === 'revoked' || found.userStatus === 'inactive' || found.withdrawn) {
    return 'This invitation was withdrawn. Ask the person who invited you for a new one.';
  }
  if (found.state === 'expired' || found.expiresAt <= now) {
    return `This invitation expired on ${sayDay(found.expiresAt, 'en', found.timeZone)}. Ask the person who invited you for a new one.`;
  }
  if (found.userStatus === 'active') return 'This account is open already. Sign in.';
  return null;
}

export function unknownLink(): AppError {
  return new AppError('link_not_valid', {
    detail:
      'This link is incomplete or not of this installation. Open it from the mail again, whole, or ask the person who invited you for a new one.',
  });
}

/** What the page for accepting shows of it. */
export function offerOf(invitation: OpenInvitation): InvitationOffer {
  return {
    organization: invitation.organizationName,
    language: invitation.language,
    timeZone: invitation.timeZone,
    firstName: invitation.firstName,
    lastName: invitation.lastName,
    email: invitation.email,
    signInName: invitation.signInName,
    expiresAt: invitation.expiresAt.toISOString(),
  };
}
