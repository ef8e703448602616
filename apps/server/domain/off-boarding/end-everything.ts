import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { type VoidedInvitation, voidInvitations } from '../invitations/void-invitations.ts';
import { type ReleasedNumber, releaseNumbers } from '../numbers/release-numbers.ts';
import { endAccess } from '../sessions/end-access.ts';

export interface EndedSession {
  id: string;
  userId: string;
  userAgent: string | null;
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}
export interface EndedKey {
  id: string;
  userId: string;
  name: string;
  hint: string;
  lastUsedAt: Date | null;
}
export interface EndedLink {
  id: string;
  userId: string;
  purpose: string;
}

/** All that ended with a deactivation, each thing by whose it was. */
export interface Ended {
  sessions: EndedSession[];
  keys: EndedKey[];
  links: EndedLink[];
  invitations: VoidedInvitation[];
  numbers: ReleasedNumber[];
}

/** Makes these users inactive and ends whatever lets them in or lets them be called. */
export async function endEverything(
  ctx: Context,
  userIds: readonly string[],
  successorId: string | null,
): Promise<Ended> {
  const users = [...userIds];
  await sql`
    update users set status = 'inactive', deactivated_at = ${ctx.now}, updated_at = ${ctx.now}, version = version + 1,
      availability = 'offline', away_reason = null,
      availability_since = case when availability = 'offline' then availability_since else ${ctx.now} end
    where organization_id = ${ctx.organizationId} and id = any(${users}::uuid[])`.execute(ctx.tx);
  const links = await sql<EndedLink>`
    select id, user_id as "userId", purpose from user_links
    where organization_id = ${ctx.organizationId} and user_id = any(${users}::uuid[]) and used_at is null
      and expires_at > ${ctx.now} order by id`.execute(ctx.tx);
  const access = [...(await endAccess(ctx, users, 'deactivated')).values()];
  const sessions = await sql<EndedSession>`
    select id, user_id as "userId", user_agent as "userAgent", host(ip) as ip, created_at as "createdAt",
      last_seen_at as "lastSeenAt"
    from sessions where organization_id = ${ctx.organizationId}
      and id = any(${access.flatMap((of) => of.sessions)}::uuid[]) and expires_at > ${ctx.now} order by id`.execute(
    ctx.tx,
  );
  const keys = await sql<EndedKey>`
    select id, user_id as "userId", name, hint, last_used_at as "lastUsedAt"
    from api_keys where organization_id = ${ctx.organizationId}
      and id = any(${access.flatMap((of) => of.keys)}::uuid[]) and expires_at > ${ctx.now} order by id`.execute(
    ctx.tx,
  );
  const invitations = await voidInvitations(ctx, users);
  const numbers = await releaseNumbers(ctx, users, successorId);
  return { sessions: sessions.rows, keys: keys.rows, links: links.rows, invitations, numbers };
}
