import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { lockNumber } from './update-number.ts';

/** Removes a number that nobody uses. @throws AppError `number_in_use`, `not_found` */
export async function deleteNumber(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'numbers:manage');
  const number = await lockNumber(ctx, id, null);
  const holder = number.user?.name ?? number.group?.name;
  if (holder) throw inUse(`${number.e164} is assigned to ${holder}. Free it first.`);
  if (number.defaultOf > 0) {
    throw inUse(
      `${number.e164} is the default outbound number of ${number.defaultOf} agents. Give them another one first.`,
    );
  }
  await sql`delete from numbers where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  await appendAuditEvents(ctx, [
    {
      action: 'number.deleted',
      target: { kind: 'number', id, name: number.e164 },
      before: { e164: number.e164, label: number.label },
    },
  ]);
}

function inUse(detail: string): AppError {
  return new AppError('number_in_use', { detail });
}
