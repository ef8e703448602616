import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';

/**
 * The reason or ticket for a change of roles or a deactivation, from the input or the request's header. Rollcall
 * itself (a last day that has come) needs none.
 * @throws AppError `reason_required` where the organization asks for one and there is none
 */
export async function requireReason(ctx: Context, given?: string | null): Promise<string | null> {
  const reason = given ?? ctx.reason ?? null;
  if (reason !== null || ctx.actor.kind === 'system') return reason;
  const { rows } = await sql<{ reason_required: boolean }>`
    select reason_required from organizations where id = ${ctx.organizationId}`.execute(ctx.tx);
  if (!rows[0]?.reason_required) return null;
  throw new AppError('reason_required', {
    detail: 'Your organization requires a reason or ticket for this change. Enter one.',
    fields: [{ field: 'reason', message: 'Enter a reason or ticket.' }],
  });
}
