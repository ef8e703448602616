import type { CreateNumberInput, NumberView } from '@rollcall/contract/numbers';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { readNumber } from './read-number.ts';
import { requireHolder } from './require-holder.ts';

/** Adds a number, assigned or free. @throws AppError `duplicate_number`, `invalid_input` */
export async function createNumber(ctx: Context, input: CreateNumberInput): Promise<NumberView> {
  requirePermission(ctx, 'numbers:manage');
  const id = newId();
  const { e164, label } = input;
  const holder = { userId: input.userId ?? null, groupId: input.groupId ?? null };
  const holderName = await requireHolder(ctx, holder);
  const inserted = await sql`
    insert into numbers (organization_id, id, e164, label, user_id, group_id, created_at)
    values (${ctx.organizationId}, ${id}, ${e164}, ${label}, ${holder.userId}, ${holder.groupId}, ${ctx.now})
    on conflict (organization_id, e164) do nothing returning 1`.execute(ctx.tx);
  if (inserted.rows.length === 0) {
    throw new AppError('duplicate_number', {
      detail: `${e164} is in the list already. Change it there.`,
      fields: [{ field: 'e164', message: 'The number is there already.', remedy: 'Change it in the list.' }],
    });
  }
  await appendAuditEvents(ctx, [
    {
      action: 'number.created',
      target: { kind: 'number', id, name: e164 },
      after: { e164, label, ...holder, holder: holderName },
    },
  ]);
  return readNumber(ctx, id);
}
