import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { voidInvitations } from '../invitations/void-invitations.ts';
import { releaseNumbers } from '../numbers/release-numbers.ts';
import type { Outcome } from '../outcome.ts';
import { endAccess } from '../sessions/end-access.ts';

interface Found {
  id: string;
  name: string;
  sign_in_name: string;
  status: string;
  accepted: boolean;
  withdrawn: boolean;
}

/**
 * Takes users back as if they had never been added: no seat, no invitation, in no group and no list; audit and history
 * keep them. Whoever has accepted, or was deactivated since, is left.
 * @returns an outcome for each, in their order; refused with `not_found` or `wrong_status`
 */
export async function withdrawUsers(ctx: Context, userIds: readonly string[]): Promise<Outcome[]> {
  requirePermission(ctx, 'users:deactivate');
  const { rows } = await sql<Found>`
    select id, btrim(first_name || ' ' || last_name) as name, sign_in_name, status, accepted_at is not null as accepted,
      withdrawn_at is not null as withdrawn
    from users where organization_id = ${ctx.organizationId} and id = any(${[...userIds]}::uuid[])
    order by id for no key update`.execute(ctx.tx);
  const found = new Map(rows.map((row) => [row.id, row]));
  const going = rows.filter((user) => refusalOf(user) === null);
  await takeBack(ctx, going);
  return userIds.map((id): Outcome => {
    const error = refusalOf(found.get(id));
    return error ? { ok: false, error } : { ok: true };
  });
}

function refusalOf(user: Found | undefined): AppError | null {
  if (!user || user.withdrawn)
    return new AppError('not_found', { detail: 'This agent is not there any more.' });
  if (user.accepted || user.status === 'active')
    return new AppError('wrong_status', {
      detail: `${user.name} has accepted the invitation and stays. Deactivate them on their profile if they should go.`,
    });
  if (user.status === 'inactive')
    return new AppError('wrong_status', {
      detail: `${user.name} has been deactivated since and stays on record.`,
    });
  return null;
}

async function takeBack(ctx: Context, users: readonly Found[]): Promise<void> {
  if (users.length === 0) return;
  const ids = users.map(({ id }) => id);
  await voidInvitations(ctx, ids);
  await releaseNumbers(ctx, ids, null);
  await endAccess(ctx, ids, 'deactivated');
  await sql`delete from group_members where organization_id = ${ctx.organizationId} and user_id = any(${ids}::uuid[])`.execute(
    ctx.tx,
  );
  await sql`delete from role_assignments where organization_id = ${ctx.organizationId} and user_id = any(${ids}::uuid[])`.execute(
    ctx.tx,
  );
  await sql`
    update users set withdrawn_at = ${ctx.now}, updated_at = ${ctx.now}, version = version + 1
    where organization_id = ${ctx.organizationId} and id = any(${ids}::uuid[])`.execute(ctx.tx);
  await appendAuditEvents(
    ctx,
    users.map(({ id, name, sign_in_name, status }) => ({
      action: 'user.withdrawn',
      target: { kind: 'user', id, name },
      before: { signInName: sign_in_name, status },
    })),
  );
}
