import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Context } from '../domain/context.ts';
import { AppError } from '../platform/errors.ts';

interface Stored {
  request_hash: Buffer;
  status: number;
  location: string | null;
  body: unknown;
}

/**
 * Runs a POST at most once for its `Idempotency-Key`. The key is written in the transaction of the effect: they exist
 * together or not at all, and a second request with it waits for the first. A replay never shows a secret again.
 * @throws AppError `idempotency_key_reused` where the key came with another request
 */
export async function runOnce<T>(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<T>,
): Promise<T> {
  const key = request.headers['idempotency-key'];
  const { actor } = ctx;
  if (
    request.method !== 'POST' ||
    typeof key !== 'string' ||
    (actor.kind !== 'user' && actor.kind !== 'api_key')
  )
    return work();
  if (key.length === 0 || key.length > 200) {
    throw new AppError('malformed_request', { detail: 'The Idempotency-Key must have 1 to 200 characters.' });
  }
  const credentialId = actor.kind === 'user' ? actor.sessionId : actor.keyId;
  const hash = createHash('sha256')
    .update(`${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest();
  const claimed = await sql`
    insert into idempotency_keys (organization_id, credential_id, key, request_hash)
    values (${ctx.organizationId}, ${credentialId}, ${key}, ${hash})
    on conflict (organization_id, credential_id, key) do nothing returning 1`.execute(ctx.tx);
  if (claimed.rows.length === 0) return (await replay(ctx, credentialId, key, hash, reply)) as T;
  const body = await work();
  await sql`
    update idempotency_keys set status = ${reply.statusCode}, location = ${(reply.getHeader('location') as string) ?? null},
      body = ${JSON.stringify(body ?? null, hideSecrets)}::json
    where organization_id = ${ctx.organizationId} and credential_id = ${credentialId} and key = ${key}`.execute(
    ctx.tx,
  );
  return body;
}

async function replay(
  ctx: Context,
  credentialId: string,
  key: string,
  hash: Buffer,
  reply: FastifyReply,
): Promise<unknown> {
  const { rows } = await sql<Stored>`
    select request_hash, status, location, body from idempotency_keys
    where organization_id = ${ctx.organizationId} and credential_id = ${credentialId} and key = ${key}`.execute(
    ctx.tx,
  );
  const stored = rows[0]!;
  if (!stored.request_hash.equals(hash)) {
    throw new AppError('idempotency_key_reused', {
      detail: 'This Idempotency-Key came before with another path or body. Use a new key for a new request.',
    });
  }
  reply.code(stored.status).header('idempotency-replayed', 'true');
  if (stored.location) reply.header('location', stored.location);
  return stored.body;
}

/** What is shown once is not kept: the replay has null in its place. */
function hideSecrets(key: string, value: unknown): unknown {
  return key === 'secret' || key === 'link' ? null : value;
}
