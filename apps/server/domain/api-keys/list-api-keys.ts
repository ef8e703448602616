import type { ApiKeyView } from '@rollcall/contract/api-keys';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';

/** The keys that have not been revoked, newest first; of one user, or of all where `userId` is null. */
export async function listApiKeys(
  ctx: Context,
  { userId, cursor, limit }: { userId: string | null; cursor?: string | undefined; limit: number },
): Promise<{ items: ApiKeyView[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) {
    throw new AppError('invalid_cursor', { detail: 'Take the cursor from the previous page as it is.' });
  }
  const { rows } = await sql<{
    id: string;
    name: string;
    hint: string;
    permissions: ApiKeyView['permissions'];
    user: ApiKeyView['user'];
    created_at: Date;
    expires_at: Date;
    last_used_at: Date | null;
  }>`
    select k.id, k.name, k.hint, k.permissions, k.created_at, k.expires_at, k.last_used_at,
      json_build_object('id', u.id, 'name', btrim(u.first_name || ' ' || u.last_name)) as "user"
    from api_keys k join users u on u.organization_id = k.organization_id and u.id = k.user_id
    where k.organization_id = ${ctx.organizationId} and k.ended_at is null
      and (${userId}::uuid is null or k.user_id = ${userId}::uuid)
      and (${cursor ?? null}::uuid is null or k.id < ${cursor ?? null}::uuid)
    order by k.id desc limit ${limit + 1}`.execute(ctx.tx);
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    name: row.name,
    hint: row.hint,
    permissions: row.permissions,
    user: row.user,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expired: row.expires_at <= ctx.now,
  }));
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}
