import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** Mails of these invitations that have not gone out yet never do, and their links are wiped. */
export async function cancelInvitationMails(ctx: Context, invitationIds: readonly string[]): Promise<void> {
  if (invitationIds.length === 0) return;
  await sql`
    update mails set state = 'cancelled', content = null, next_attempt_at = null
    where organization_id = ${ctx.organizationId} and invitation_id = any(${[...invitationIds]}::uuid[])
      and state in ('queued', 'deferred', 'kept')`.execute(ctx.tx);
}
