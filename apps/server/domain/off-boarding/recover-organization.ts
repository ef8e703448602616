import type { UserStatus } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { listActiveAdministrators } from '../access/guard-last-administrator.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { issueInvitations } from '../invitations/create-invitations.ts';
import { unwrap } from '../outcome.ts';
import { issueUserLink } from '../sessions/user-links.ts';
import { changeRoles } from '../users/change-roles.ts';
import { createUsers } from '../users/create-users.ts';
import { readProfile } from '../users/read-user.ts';
import { reactivateUsers } from './reactivate-users.ts';

export interface Recovery {
  /** Who becomes administrator: a user who is there, or the address of one who is made. */
  administrator: { userId: string } | { email: string; firstName: string; lastName: string };
  /** Also where an administrator can sign in. */
  force?: boolean;
}

export interface Recovered {
  userId: string;
  name: string;
  signInName: string;
  /** Handed over by the operator; it works once. */
  link: string;
  expiresAt: string;
}

const linkMinutes = 24 * 60;

/**
 * A way back in for an organization without an administrator who can sign in: makes a user administrator and answers
 * a link by which they choose a password. For the operator alone.
 * @throws AppError `conflict` where an administrator can sign in, `wrong_status`, `not_found`
 */
export async function recoverOrganization(
  ctx: Context,
  { administrator, force }: Recovery,
): Promise<Recovered> {
  if (ctx.actor.kind !== 'system') throw new AppError('forbidden');
  await sql`select 1 from organization_guards where organization_id = ${ctx.organizationId} for update`.execute(
    ctx.tx,
  );
  if (!force) await requireNobodyCanAdminister(ctx);
  const userId =
    'userId' in administrator ? administrator.userId : await addAdministrator(ctx, administrator);
  const status = await makeAdministrator(ctx, userId);
  const profile = await readProfile(ctx, userId);
  const name = `${profile.firstName} ${profile.lastName}`.trim() || profile.signInName;
  await appendAuditEvents(ctx, [
    {
      action: 'organization.recovered',
      target: { kind: 'organization', id: ctx.organizationId, name: await readName(ctx) },
      after: { administrator: name, userId, forced: force === true },
    },
  ]);
  const { link, expiresAt } = await issueLinkFor(ctx, { ...profile, userId, status });
  return { userId, name, signInName: profile.signInName, link, expiresAt: expiresAt.toISOString() };
}

async function requireNobodyCanAdminister(ctx: Context): Promise<void> {
  const able = await listActiveAdministrators(ctx);
  if (able.length === 0) return;
  const { signInName } = await readProfile(ctx, able[0]!);
  const others = able.length > 1 ? ` and ${able.length - 1} more` : '';
  throw new AppError('conflict', {
    detail: `${signInName}${others} can sign in and administer this organization. Ask them, let them use “Forgotten password”, or repeat with --force.`,
  });
}

async function addAdministrator(
  ctx: Context,
  { email, firstName, lastName }: { email: string; firstName: string; lastName: string },
): Promise<string> {
  const outcomes = await createUsers(ctx, [
    { email, firstName, lastName, role: 'administrator', invite: false },
  ]);
  return unwrap(outcomes).user.id;
}

async function makeAdministrator(ctx: Context, userId: string): Promise<UserStatus> {
  const { status, firstName, lastName } = await readProfile(ctx, userId);
  if (status === 'scheduled')
    throw new AppError('wrong_status', {
      detail: `${firstName} ${lastName} has not started yet. Name somebody else, or a new address.`,
    });
  if (status === 'inactive')
    return unwrap(await reactivateUsers(ctx, [{ userId, role: 'administrator' }])).status;
  unwrap(await changeRoles(ctx, [{ userId, role: 'administrator' }]));
  return status;
}

/** Who never accepted gets an invitation, everybody else a link for a new password. */
async function issueLinkFor(
  ctx: Context,
  user: {
    userId: string;
    status: UserStatus;
    email: string | null;
    firstName: string;
    lastName: string;
    signInName: string;
  },
): Promise<{ link: string; expiresAt: Date }> {
  if (user.status === 'invited') return (await issueInvitations(ctx, [user], 'link'))[0]!;
  const { url, expiresAt } = await issueUserLink(ctx, {
    userId: user.userId,
    purpose: 'password_reset',
    path: '/reset-password',
    minutes: linkMinutes,
  });
  return { link: url, expiresAt };
}

async function readName(ctx: Context): Promise<string> {
  const { rows } = await sql<{
    name: string;
  }>`select name from organizations where id = ${ctx.organizationId}`.execute(ctx.tx);
  return rows[0]!.name;
}
