import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import { prepareStatement } from '../../db/prepare-statement.ts';
import { AppError } from '../../platform/errors.ts';
import { grantsOf, parseGrants } from '../access/read-grants.ts';
import type { Actor, Grants } from '../context.ts';
import { isLive } from './live-session.ts';

interface Found {
  id: string;
  user_id: string;
  first_name: string;
  last_name: string;
  sign_in_name: string;
  grants: string | null;
  stale: boolean;
}

const findSession = prepareStatement<{ hash: Buffer; now: Date }, Found>(
  ({ hash, now }) => sql<Found>`
    select s.id, s.user_id, u.first_name, u.last_name, u.sign_in_name, ${grantsOf(sql`s.user_id`, now)} as grants,
      s.last_seen_at < ${now}::timestamptz - interval '1 minute' as stale
    from sessions s
    join users u on u.organization_id = s.organization_id and u.id = s.user_id and u.status = 'active'
    join organizations o on o.id = s.organization_id
    where s.organization_id = current_organization() and s.secret_hash = ${hash} and ${isLive(now)}`,
);

/**
 * Finds the live session of a secret together with its user's status and rights, in one prepared statement and
 * without a cache: a request that starts after an ending commit finds nothing.
 * @throws AppError `not_signed_in`
 */
export async function authenticateSession(
  tx: Tx,
  hash: Buffer,
  now: Date,
  ip: string | null,
): Promise<Actor> {
  const [found] = await findSession(tx, { hash, now });
  if (!found) throw notSignedIn();
  if (found.stale) {
    await sql`update sessions set last_seen_at = ${now}
      where organization_id = current_organization() and id = ${found.id}`.execute(tx);
  }
  const { user_id: userId, id: sessionId } = found;
  return { kind: 'user', userId, sessionId, name: nameOf(found), grants: parseGrants(found.grants), ip };
}

type FoundKey = Found & { name: string; permissions: string };

const findKey = prepareStatement<{ hash: Buffer; now: Date }, FoundKey>(
  ({ hash, now }) => sql<FoundKey>`
    select k.id, k.user_id, k.name, array_to_string(k.permissions, ',') as permissions, u.first_name, u.last_name, u.sign_in_name,
      ${grantsOf(sql`k.user_id`, now)} as grants,
      coalesce(k.last_used_at < ${now}::timestamptz - interval '1 minute', true) as stale
    from api_keys k
    join users u on u.organization_id = k.organization_id and u.id = k.user_id and u.status = 'active'
    where k.organization_id = current_organization() and k.secret_hash = ${hash} and k.ended_at is null
      and k.expires_at > ${now}`,
);

/** As {@link authenticateSession}, for an API key: what it names and its user may still do, and no more. */
export async function authenticateApiKey(tx: Tx, hash: Buffer, now: Date, ip: string | null): Promise<Actor> {
  const [found] = await findKey(tx, { hash, now });
  if (!found) throw notSignedIn();
  if (found.stale) {
    await sql`update api_keys set last_used_at = ${now}
      where organization_id = current_organization() and id = ${found.id}`.execute(tx);
  }
  const allowed = new Set(found.permissions.split(','));
  const all: Grants = parseGrants(found.grants);
  const grants: Grants = new Map([...all].filter(([permission]) => allowed.has(permission)));
  const name = `${found.name} (key of ${nameOf(found)})`;
  return { kind: 'api_key', userId: found.user_id, keyId: found.id, name, grants, ip };
}

export function notSignedIn(): AppError {
  return new AppError('not_signed_in', {
    detail: 'There is no live session or API key in this request. Sign in again.',
  });
}

/** What the audit calls somebody; who has not told a name yet is called by what they sign in with. */
function nameOf(found: Found): string {
  return `${found.first_name} ${found.last_name}`.trim() || found.sign_in_name;
}
