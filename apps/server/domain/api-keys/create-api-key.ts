import type { CreateApiKeyInput, CreatedApiKey } from '@rollcall/contract/api-keys';
import { permissions as permissionTable } from '@rollcall/contract/permissions';
import { sql } from 'kysely';
import { AppError, invalidField } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { issueSecret } from '../../platform/secrets.ts';
import { grantsOf, parseGrants } from '../access/read-grants.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context, Grants } from '../context.ts';

const dayMs = 86_400_000;

/**
 * Makes a key that can do what it names, at most what its user can do now, and for a year at most. A person makes
 * their own; the operator (`system`) names whose with `userId`. The secret is in the answer and nowhere else.
 * @throws AppError `forbidden`, `invalid_input`, `not_found`
 */
export async function createApiKey(
  ctx: Context,
  input: CreateApiKeyInput & { userId?: string },
): Promise<CreatedApiKey & { secret: string }> {
  const owner = await holdOwner(ctx, ownerOf(ctx, input.userId));
  requireGranted(owner.grants, input.permissions);
  const expiresAt = new Date(input.expiresAt);
  requireExpiry(expiresAt, ctx.now);
  const id = newId();
  const { secret, hash } = issueSecret('rck', ctx.organizationId);
  const hint = secret.slice(-4);
  await sql`
    insert into api_keys (organization_id, id, user_id, name, secret_hash, hint, permissions, created_at, expires_at)
    values (${ctx.organizationId}, ${id}, ${owner.id}, ${input.name}, ${hash}, ${hint},
      ${input.permissions}::text[], ${ctx.now}, ${expiresAt})`.execute(ctx.tx);
  const { name, permissions } = input;
  await appendAuditEvents(ctx, [
    {
      action: 'api_key.created',
      target: { kind: 'api_key', id, name },
      after: { name, hint, permissions, expiresAt: expiresAt.toISOString(), userId: owner.id },
    },
  ]);
  return {
    id,
    name,
    hint,
    permissions,
    user: { id: owner.id, name: owner.name },
    createdAt: ctx.now.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: null,
    expired: false,
    secret,
  };
}

function ownerOf(ctx: Context, userId: string | undefined): string {
  const { actor } = ctx;
  if (actor.kind === 'system' && userId) return userId;
  if (actor.kind !== 'user') {
    throw new AppError('forbidden', {
      detail: 'An API key cannot make further keys. Sign in to the dashboard and make one there.',
    });
  }
  requirePermission(ctx, 'api-keys:create');
  if (userId && userId !== actor.userId) {
    throw new AppError('forbidden', { detail: 'Keys are made by the person whose they are.' });
  }
  return actor.userId;
}

/** Holds the user's row until the commit, so that a deactivation in the same instant ends this key too. */
async function holdOwner(ctx: Context, userId: string) {
  const { rows } = await sql<{ id: string; name: string; grants: string | null }>`
    select u.id, btrim(u.first_name || ' ' || u.last_name) as name, ${grantsOf(sql`u.id`, ctx.now)} as grants
    from users u where u.organization_id = ${ctx.organizationId} and u.id = ${userId} and u.status = 'active'
    for share of u`.execute(ctx.tx);
  const owner = rows[0];
  if (!owner) throw new AppError('not_found', { detail: 'There is no such active agent.' });
  return { ...owner, grants: parseGrants(owner.grants) };
}

function requireGranted(grants: Grants, wanted: CreateApiKeyInput['permissions']): void {
  const missing = wanted.filter((permission) => !grants.has(permission));
  if (missing.length === 0) return;
  const named = missing.map((permission) => `“${permissionTable[permission]}” (${permission})`).join(', ');
  throw new AppError('forbidden', {
    detail: `A key can do at most what its user can do; this is beyond it: ${named}. Leave it out.`,
    fields: [
      { field: 'permissions', message: `Not among the permissions of the user: ${missing.join(', ')}.` },
    ],
  });
}

function requireExpiry(expiresAt: Date, now: Date): void {
  if (expiresAt.getTime() <= now.getTime())
    throw invalidField('expiresAt', 'The key would have expired already.', 'Choose a day that is to come.');
  if (expiresAt.getTime() > now.getTime() + 366 * dayMs)
    throw invalidField('expiresAt', 'A key lives for a year at most.', 'Choose an earlier day.');
}
