import { sql } from 'kysely';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { findInvitation } from './find-invitation.ts';
import { isOpen } from './open-states.ts';

/**
 * Notes that somebody, or a mail scanner, opened the link; the invitation stays as good as it was.
 * @throws AppError `link_not_valid`
 */
export async function visitInvitation(ctx: Context, hash: Buffer): Promise<void> {
  const invitation = await findInvitation(ctx, hash);
  if (invitation.state === 'visited') return;
  const { numAffectedRows } = await sql`
    update invitations set state = 'visited', visited_at = coalesce(visited_at, ${ctx.now})
    where organization_id = ${ctx.organizationId} and id = ${invitation.id} and state <> 'visited' and ${isOpen}`.execute(
    ctx.tx,
  );
  if (numAffectedRows === 0n) return;
  await appendAuditEvents(ctx, [
    {
      action: 'invitation.visited',
      target: {
        kind: 'user',
        id: invitation.userId,
        name: `${invitation.firstName} ${invitation.lastName}`.trim(),
      },
      after: { invitationId: invitation.id },
    },
  ]);
}
