import type { SessionView } from '@rollcall/contract/sessions';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { isLive } from './live-session.ts';

/** The live sessions of a user, last used first. */
export async function listSessions(ctx: Context, userId: string): Promise<SessionView[]> {
  const { rows } = await sql<{
    id: string;
    created_at: Date;
    last_seen_at: Date;
    expires_at: Date;
    ip: string | null;
    user_agent: string | null;
  }>`
    select s.id, s.created_at, s.last_seen_at, s.ip, s.user_agent,
      least(s.expires_at, s.created_at + make_interval(hours => o.session_absolute_hours)) as expires_at
    from sessions s join organizations o on o.id = s.organization_id
    where s.organization_id = ${ctx.organizationId} and s.user_id = ${userId} and ${isLive(ctx.now)}
    order by s.last_seen_at desc, s.id desc limit 500`.execute(ctx.tx);
  const currentId = ctx.actor.kind === 'user' ? ctx.actor.sessionId : null;
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    ip: row.ip,
    userAgent: row.user_agent,
    current: row.id === currentId,
  }));
}
