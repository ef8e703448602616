import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';

/**
 * What makes a session `s` of the organization `o` live at `now`. The organization's limits are read each time, so
 * that shorter ones hold at once.
 */
export function isLive(now: Date): RawBuilder<boolean> {
  return sql<boolean>`s.ended_at is null and s.expires_at > ${now}
      and s.last_seen_at > ${now}::timestamptz - make_interval(mins => o.session_idle_minutes)
      and s.created_at > ${now}::timestamptz - make_interval(hours => o.session_absolute_hours)`;
}

export interface LiveSession {
  id: string;
  userId: string;
  userName: string;
  signInKey: string;
  expiresAt: Date;
  organization: { id: string; name: string };
}

/** The live session of a secret, of the organization of this transaction; null where there is none. */
export async function findLiveSession(tx: Tx, hash: Buffer, now: Date): Promise<LiveSession | null> {
  const { rows } = await sql<LiveSession>`
    select s.id, s.user_id as "userId", btrim(u.first_name || ' ' || u.last_name) as "userName",
      u.sign_in_key as "signInKey", s.expires_at as "expiresAt",
      json_build_object('id', o.id, 'name', o.name) as organization
    from sessions s
    join users u on u.organization_id = s.organization_id and u.id = s.user_id and u.status = 'active'
    join organizations o on o.id = s.organization_id
    where s.organization_id = current_organization() and s.secret_hash = ${hash} and ${isLive(now)}`.execute(
    tx,
  );
  return rows[0] ?? null;
}
