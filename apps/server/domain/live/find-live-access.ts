import { sql } from 'kysely';
import type { Database } from '../../db/open-database.ts';
import { grantsOf, parseGrants } from '../access/read-grants.ts';
import type { Grants } from '../context.ts';
import { isLive } from '../sessions/live-session.ts';

/** What the user of each session or key that is still live may do now, by the session's or key's id. */
export async function findLiveAccess(
  db: Database,
  organizationId: string,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, Grants>> {
  return db.transaction({ organizationId, now }, async (tx) => {
    const { rows } = await sql<{ id: string; grants: string | null; permissions: string[] | null }>`
      select s.id, ${grantsOf(sql`s.user_id`, now)} as grants, null::text[] as permissions
      from sessions s
      join users u on u.organization_id = s.organization_id and u.id = s.user_id and u.status = 'active'
      join organizations o on o.id = s.organization_id
      where s.organization_id = ${organizationId} and s.id = any(${[...ids]}::uuid[]) and ${isLive(now)}
      union all
      select k.id, ${grantsOf(sql`k.user_id`, now)}, k.permissions
      from api_keys k
      join users u on u.organization_id = k.organization_id and u.id = k.user_id and u.status = 'active'
      where k.organization_id = ${organizationId} and k.id = any(${[...ids]}::uuid[]) and k.ended_at is null
        and k.expires_at > ${now}`.execute(tx);
    return new Map(
      rows.map(({ id, grants, permissions }) => {
        const held = [...parseGrants(grants)];
        return [
          id,
          new Map(permissions ? held.filter(([permission]) => permissions.includes(permission)) : held),
        ];
      }),
    );
  });
}
