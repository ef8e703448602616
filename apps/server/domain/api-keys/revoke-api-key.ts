import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { announceEndedAccess } from '../sessions/announce-ended-access.ts';

/** Revokes a key of that user at once, on every node. @throws AppError `not_found` */
export async function revokeApiKey(ctx: Context, key: { id: string; userId: string }): Promise<void> {
  const { rows } = await sql<{ name: string; hint: string }>`
    update api_keys set ended_at = ${ctx.now}, end_reason = 'revoked'
    where organization_id = ${ctx.organizationId} and id = ${key.id} and user_id = ${key.userId} and ended_at is null
    returning name, hint`.execute(ctx.tx);
  const revoked = rows[0];
  if (!revoked) {
    throw new AppError('not_found', {
      detail: 'There is no such key. It may have been revoked in the meantime; load the list again.',
    });
  }
  await announceEndedAccess(ctx, { keyIds: [key.id] });
  await appendAuditEvents(ctx, [
    {
      action: 'api_key.revoked',
      target: { kind: 'api_key', id: key.id, name: revoked.name },
      before: { hint: revoked.hint, userId: key.userId },
    },
  ]);
}
