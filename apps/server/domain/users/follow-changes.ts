import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { createInvitations } from '../invitations/create-invitations.ts';
import { isOpen } from '../invitations/open-states.ts';
import { voidInvitations } from '../invitations/void-invitations.ts';
import type { CheckedChange } from './check-user-change.ts';

/** What must follow a change at once: links to an address that is no longer theirs end, and the calendar acts. */
export async function followChanges(ctx: Context, changes: readonly CheckedChange[]): Promise<void> {
  const readdressed = changes.filter(({ after }) => 'email' in after);
  if (readdressed.length > 0) {
    await endLinks(ctx, readdressed);
    await inviteAgain(ctx, readdressed);
  }
  if (changes.some(({ user, after }) => user.status === 'scheduled' && 'startDate' in after))
    await ctx.enqueue('tend-calendar', [{ organizationId: ctx.organizationId }]);
}

async function endLinks(ctx: Context, changes: readonly CheckedChange[]): Promise<void> {
  await sql`
    update user_links set used_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and user_id = any(${changes.map(({ user }) => user.id)}::uuid[])
      and used_at is null`.execute(ctx.tx);
}

/** Whoever reads mail at the wrong address must not be let in: an invitation that went there moves to the right one. */
async function inviteAgain(ctx: Context, changes: readonly CheckedChange[]): Promise<void> {
  const invited = changes.filter(({ user }) => user.status === 'invited');
  if (invited.length === 0) return;
  const { rows } = await sql<{ user_id: string }>`
    select user_id from invitations
    where organization_id = ${ctx.organizationId} and user_id = any(${invited.map(({ user }) => user.id)}::uuid[])
      and superseded_at is null and delivery = 'mail' and ${isOpen}`.execute(ctx.tx);
  const mailed = new Set(rows.map((row) => row.user_id));
  const moving = invited.filter(({ user }) => mailed.has(user.id));
  await createInvitations(
    ctx,
    moving.flatMap(({ user, next }) => {
      const { email, first_name, last_name, sign_in_name, locale, time_zone } = next;
      if (email === null) return [];
      const names = { firstName: first_name, lastName: last_name, signInName: sign_in_name };
      return [{ userId: user.id, email, ...names, locale, timeZone: time_zone }];
    }),
  );
  const unreachable = moving.filter(({ next }) => next.email === null).map(({ user }) => user.id);
  if (unreachable.length > 0) await voidInvitations(ctx, unreachable);
}
