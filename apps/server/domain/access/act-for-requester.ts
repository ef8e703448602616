import type { Permission } from '@rollcall/contract/permissions';
import { sql } from 'kysely';
import { actingAs, actingUserId, type Context, type Grants } from '../context.ts';
import { grantsOf, parseGrants } from './read-grants.ts';

/** Who asked for an import or another operation, as it is stored. */
export interface Requested {
  id: string;
  requestedBy: string | null;
  requestedKey: string | null;
  requestedByName: string;
  requestId: string;
  reason: string | null;
}

/**
 * The context in which an operation goes on after its request: under its own name in the audit, with what its
 * requester may do now. Null when they may act no more: deactivated, or their key revoked or expired.
 */
export async function actForRequester(ctx: Context, operation: Requested): Promise<Context | null> {
  const grants = await readGrants(ctx, operation);
  if (!grants) return null;
  const { id: operationId, requestedBy: userId, requestedByName: name, requestId, reason } = operation;
  return {
    ...actingAs(ctx, { kind: 'import', userId, operationId, name, grants, ip: null }),
    requestId,
    ...(reason === null ? {} : { reason }),
  };
}

async function readGrants(
  ctx: Context,
  { requestedBy, requestedKey }: Requested,
): Promise<Grants | 'all' | null> {
  if (requestedBy === null) return 'all';
  const { rows } = await sql<{ grants: string | null; allowed: Permission[] | null; live: boolean }>`
    select ${grantsOf(sql`u.id`, ctx.now)} as grants, k.permissions as allowed,
      ${requestedKey}::uuid is null or coalesce(k.ended_at is null and k.expires_at > ${ctx.now}, false) as live
    from users u left join api_keys k on k.organization_id = u.organization_id and k.id = ${requestedKey}::uuid
    where u.organization_id = ${ctx.organizationId} and u.id = ${requestedBy} and u.status = 'active'
      and u.withdrawn_at is null`.execute(ctx.tx);
  const found = rows[0];
  if (!found?.live) return null;
  const grants = parseGrants(found.grants);
  const { allowed } = found;
  return allowed ? new Map([...grants].filter(([permission]) => allowed.includes(permission))) : grants;
}

/** Who sets off a step: under their rights it runs. */
export function requesterOf({ actor, requestId }: Context) {
  return {
    requested_by: actingUserId(actor),
    requested_key: actor.kind === 'api_key' ? actor.keyId : null,
    requested_by_name: actor.kind === 'anonymous' ? '' : actor.name,
    request_id: requestId,
  };
}
