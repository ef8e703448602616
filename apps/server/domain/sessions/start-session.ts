import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import { issueSecret } from '../../platform/secrets.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';

export interface NewSession {
  id: string;
  secret: string;
  expiresAt: Date;
}

/** Starts a session of an active user; its secret goes into the cookie and nowhere else. */
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
    from organizations o where o.id = ${ctx.organizationId} returning expires_at`.execute(ctx.tx);
  await appendAuditEvents(ctx, [
    { action: 'session.started', target: { kind: 'user', id: user.id, name: user.name } },
  ]);
  return { id, secret, expiresAt: rows[0]!.expires_at };
}
