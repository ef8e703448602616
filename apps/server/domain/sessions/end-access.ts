import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { announceEndedAccess } from './announce-ended-access.ts';

/** What ended for one user, by id. */
export interface EndedAccessOfUser {
  sessions: string[];
  keys: string[];
}

/**
 * Ends every session, API key and open link of these users, and has their streams closed at the commit. Call it after
 * the update that makes them inactive: a sign-in that was under way holds their rows until it has committed
 * ({@link startSession}), and so its session is seen here. The caller has asked for the permission and writes the audit.
 * @returns an entry for each of the users, also for one who had nothing
 */
export async function endAccess(
  ctx: Context,
  userIds: readonly string[],
  reason: 'deactivated',
): Promise<Map<string, EndedAccessOfUser>> {
  const ended = new Map<string, EndedAccessOfUser>(userIds.map((id) => [id, { sessions: [], keys: [] }]));
  if (userIds.length === 0) return ended;
  const users = [...userIds];
  const sessions = await sql<{ id: string; user_id: string }>`
    update sessions set ended_at = ${ctx.now}, end_reason = ${reason}
    where organization_id = ${ctx.organizationId} and user_id = any(${users}::uuid[]) and ended_at is null
    returning id, user_id`.execute(ctx.tx);
  const keys = await sql<{ id: string; user_id: string }>`
    update api_keys set ended_at = ${ctx.now}, end_reason = ${reason}
    where organization_id = ${ctx.organizationId} and user_id = any(${users}::uuid[]) and ended_at is null
    returning id, user_id`.execute(ctx.tx);
  await sql`
    update user_links set used_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and user_id = any(${users}::uuid[]) and used_at is null`.execute(
    ctx.tx,
  );
  for (const session of sessions.rows) ended.get(session.user_id)!.sessions.push(session.id);
  for (const key of keys.rows) ended.get(key.user_id)!.keys.push(key.id);
  const touched = users.filter((id) => ended.get(id)!.sessions.length > 0 || ended.get(id)!.keys.length > 0);
  await announceEndedAccess(ctx, { userIds: touched });
  return ended;
}
