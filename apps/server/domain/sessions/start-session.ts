import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { issueSecret } from '../../platform/secrets.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';

export interface NewSession {
  id: string;
  secret: string;
  expiresAt: Date;
}

/**
 * Starts a session of an active user; its secret goes into the cookie and nowhere else. The user's row is held until
 * the commit, so that a deactivation in the same instant either comes first and is seen here, or waits and ends this.
 * @throws AppError `sign_in_failed` where the user is not active any more
 */
export async function startSession(
  ctx: Context,
  user: { id: string; name: string },
  client: { ip: string | null; userAgent: string | null },
): Promise<NewSession> {
  const { secret, hash } = issueSecret('rcs', ctx.organizationId);
  const id = newId();
  const { rows } = await sql<{ expires_at: Date }>`
    insert into sessions (organization_id, id, user_id, secret_hash, created_at, last_seen_at, expires_at, ip, user_agent)
    select o.id, ${id}::uuid, ${user.id}::uuid, ${hash}, ${ctx.now}, ${ctx.now},
      ${ctx.now}::timestamptz + make_interval(hours => o.session_absolute_hours), ${client.ip}::inet, ${client.userAgent?.slice(0, 400) ?? null}
    from organizations o join users u on u.organization_id = o.id and u.id = ${user.id} and u.status = 'active'
    where o.id = ${ctx.organizationId} for share of u returning expires_at`.execute(ctx.tx);
  if (!rows[0]) throw signInFailed();
  await appendAuditEvents(ctx, [
    { action: 'session.started', target: { kind: 'user', id: user.id, name: user.name } },
  ]);
  return { id, secret, expiresAt: rows[0].expires_at };
}

/** One answer for every reason: nobody learns from it whether a sign-in name exists. */
export function signInFailed(): AppError {
  return new AppError('sign_in_failed', {
    detail:
      'The sign-in name or the password is not right, or this account cannot sign in. Try again, or choose a new password by “Forgotten password”.',
  });
}
