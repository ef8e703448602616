import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { cancelInvitationMails } from '../mails/cancel-mails.ts';
import { isOpen } from './open-states.ts';

/** Makes room for a new current invitation of each of these users; an open one is revoked with that. */
export async function supersedeInvitations(ctx: Context, userIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update invitations set superseded_at = ${ctx.now},
      state = case when ${isOpen} then 'revoked' else state end,
      revoked_at = case when ${isOpen} then ${ctx.now}::timestamptz else revoked_at end
    where organization_id = ${ctx.organizationId} and user_id = any(${[...userIds]}::uuid[])
      and superseded_at is null
    returning id`.execute(ctx.tx);
  await cancelInvitationMails(
    ctx,
    rows.map((row) => row.id),
  );
}
