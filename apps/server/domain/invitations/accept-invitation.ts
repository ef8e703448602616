import { sql } from 'kysely';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { findInvitation, type OpenInvitation, unknownLink } from './find-invitation.ts';
import { isOpen } from './open-states.ts';

export interface Acceptance {
  firstName: string;
  lastName: string;
  /** From `hashPassword`; made before the transaction, because it takes its time. */
  passwordHash: string;
  timeZone: string;
}

/**
 * Consumes the invitation behind a link: of any number at once, one wins. The user gets name, password and time zone
 * and is active from then on; the caller starts the session.
 * @throws AppError `link_not_valid`
 */
export async function acceptInvitation(
  ctx: Context,
  hash: Buffer,
  acceptance: Acceptance,
): Promise<OpenInvitation> {
  const invitation = await findInvitation(ctx, hash);
  const { firstName, lastName, passwordHash, timeZone } = acceptance;
  // The user first and the invitation after, as everybody else who locks both: no deadlock with an off-boarding.
  const user = await sql`
    update users set status = 'active', first_name = ${firstName}, last_name = ${lastName}, time_zone = ${timeZone},
      accepted_at = ${ctx.now}, updated_at = ${ctx.now}, version = version + 1
    where organization_id = ${ctx.organizationId} and id = ${invitation.userId} and status = 'invited'
      and withdrawn_at is null`.execute(ctx.tx);
  const consumed = await sql`
    update invitations set state = 'accepted', accepted_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = ${invitation.id} and superseded_at is null and ${isOpen}`.execute(
    ctx.tx,
  );
  if (user.numAffectedRows === 0n || consumed.numAffectedRows === 0n) {
    // Somebody was faster since it was found. What is there now says in which way.
    await findInvitation(ctx, hash);
    throw unknownLink();
  }
  await sql`
    insert into user_credentials (organization_id, user_id, password_hash, changed_at)
    values (${ctx.organizationId}, ${invitation.userId}, ${passwordHash}, ${ctx.now})
    on conflict (organization_id, user_id)
      do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at`.execute(ctx.tx);
  const before = { firstName: invitation.firstName, lastName: invitation.lastName };
  await appendAuditEvents(ctx, [
    {
      action: 'invitation.accepted',
      target: { kind: 'user', id: invitation.userId, name: `${firstName} ${lastName}` },
      before: { ...before, status: 'invited' },
      after: { firstName, lastName, timeZone, status: 'active', invitationId: invitation.id },
    },
  ]);
  return invitation;
}
