import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { actingAs, type Context } from '../context.ts';
import { countAttempts, refusalsOnRecord } from './limit-attempts.ts';
import { type NewSession, startSession } from './start-session.ts';

/** One account that a sign-in name leads to. */
export interface SignInAccount {
  userId: string;
  name: string;
  status: 'scheduled' | 'invited' | 'active' | 'inactive';
  passwordHash: string | null;
  lastSeenAt: Date | null;
  organizationName: string;
}

/** Why a sign-in was refused; for the audit alone, never for who tried. */
export type RefusalCause = 'wrong_password' | 'no_password' | 'not_active' | 'too_many_attempts';

/** Which accounts a sign-in name leads to, over all organizations; in a transaction of none. */
export async function findSignIns(
  tx: Tx,
  signInKey: string,
  most: number,
): Promise<{ organizationId: string; userId: string }[]> {
  const { rows } = await sql<{ organizationId: string; userId: string }>`
    select organization_id as "organizationId", user_id as "userId" from find_sign_ins(${signInKey})
    order by organization_id limit ${most}`.execute(tx);
  return rows;
}

export async function readSignInAccount(ctx: Context, userId: string): Promise<SignInAccount | null> {
  const { rows } = await sql<SignInAccount>`
    select u.id as "userId", btrim(u.first_name || ' ' || u.last_name) as name, u.status,
      c.password_hash as "passwordHash", o.name as "organizationName",
      (select max(s.last_seen_at) from sessions s where s.organization_id = u.organization_id and s.user_id = u.id) as "lastSeenAt"
    from users u
    join organizations o on o.id = u.organization_id
    left join user_credentials c on c.organization_id = u.organization_id and c.user_id = u.id
    where u.organization_id = ${ctx.organizationId} and u.id = ${userId} and u.withdrawn_at is null`.execute(
    ctx.tx,
  );
  return rows[0] ?? null;
}

/**
 * Starts the session of an account whose password fitted, unless the password has been changed since it was read.
 * `newHash` replaces a hash that was made with the parameters of an earlier day.
 */
export async function startVerifiedSession(
  ctx: Context,
  account: SignInAccount,
  newHash: string | null,
  userAgent: string | null,
): Promise<NewSession | null> {
  const unchanged = await sql`
    update user_credentials set password_hash = coalesce(${newHash}, password_hash)
    where organization_id = ${ctx.organizationId} and user_id = ${account.userId}
      and password_hash = ${account.passwordHash}
    returning 1`.execute(ctx.tx);
  if (unchanged.rows.length === 0) return null;
  const { userId, name } = account;
  const { ip } = ctx.actor;
  const person = actingAs(ctx, { kind: 'user', userId, sessionId: '', name, grants: new Map(), ip });
  return startSession(person, { id: userId, name }, { ip, userAgent });
}

/** Notes a refused sign-in, at most so many in a minute that nobody can fill the audit from outside. */
export async function recordRefusal(
  ctx: Context,
  account: { userId: string; name: string },
  cause: RefusalCause,
): Promise<void> {
  const counted = await countAttempts(ctx.tx, [refusalsOnRecord(ctx.organizationId)], ctx.now);
  if (counted.retryAfterSeconds !== null) return;
  await appendAuditEvents(ctx, [
    {
      action: 'session.refused',
      target: { kind: 'user', id: account.userId, name: account.name },
      after: { cause },
    },
  ]);
}
