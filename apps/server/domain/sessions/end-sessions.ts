import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { actingAs, type Context } from '../context.ts';
import { announceEndedAccess } from './announce-ended-access.ts';
import type { LiveSession } from './live-session.ts';

export type SessionEndReason = 'signed_out' | 'ended_by_user' | 'ended_by_administrator' | 'password_changed';

/** Which live sessions of one user to end: this one, or all but this one, or all. */
export interface SessionsToEnd {
  userId: string;
  only?: string;
  except?: string | null;
}

/** Ends them at once, on every node, and closes their streams. @returns the ids of those that were still open */
export async function endSessions(
  ctx: Context,
  { userId, only, except }: SessionsToEnd,
  reason: SessionEndReason,
): Promise<string[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    update sessions s set ended_at = ${ctx.now}, end_reason = ${reason}
    from users u
    where s.organization_id = ${ctx.organizationId} and s.user_id = ${userId} and s.ended_at is null
      and u.organization_id = s.organization_id and u.id = s.user_id
      and (${only ?? null}::uuid is null or s.id = ${only ?? null}::uuid)
      and s.id is distinct from ${except ?? null}::uuid
    returning s.id, btrim(u.first_name || ' ' || u.last_name) as name`.execute(ctx.tx);
  const sessionIds = rows.map((row) => row.id);
  await appendAuditEvents(
    ctx,
    rows.map(({ id, name }) => ({
      action: 'session.ended' as const,
      target: { kind: 'session' as const, id, name },
      after: { endReason: reason, userId },
    })),
  );
  await announceEndedAccess(ctx, { sessionIds });
  return sessionIds;
}

/** As {@link endSessions} for one session, which must be there. @throws AppError `not_found` */
export async function endOneSession(
  ctx: Context,
  target: { userId: string; only: string },
  reason: SessionEndReason,
): Promise<void> {
  if ((await endSessions(ctx, target, reason)).length > 0) return;
  throw new AppError('not_found', {
    detail: 'There is no such live session. It may have ended in the meantime; load the list again.',
  });
}

/** Ends a session by the one who holds its secret, in the name of its user. */
export async function endAsItself(
  ctx: Context,
  session: LiveSession,
  reason: SessionEndReason,
): Promise<void> {
  const { id, userId, userName } = session;
  const { ip } = ctx.actor;
  const actor = { kind: 'user', userId, sessionId: id, name: userName, grants: new Map(), ip } as const;
  await endSessions(actingAs(ctx, actor), { userId, only: id }, reason);
}
