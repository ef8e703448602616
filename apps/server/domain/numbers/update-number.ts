import type { NumberView, UpdateNumberInput } from '@rollcall/contract/numbers';
import type { Warning } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { type AuditEntry, appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { readNumber } from './read-number.ts';
import { type Holder, requireHolder } from './require-holder.ts';
import { clearUnusableDefaults } from './require-usable-number.ts';

/**
 * Changes a number's label or who holds it: assigning takes it from whoever had it, and clears it as a default
 * outbound number of those who may no longer call out with it.
 * @throws AppError `not_found`, `invalid_input`; `precondition_failed` with the present number in `context.current`
 */
export async function updateNumber(
  ctx: Context,
  id: string,
  input: UpdateNumberInput,
  version: number | null,
): Promise<NumberView> {
  requirePermission(ctx, 'numbers:manage');
  const before = await lockNumber(ctx, id, version);
  const held: Holder = { userId: before.user?.id ?? null, groupId: before.group?.id ?? null };
  const holder = wantedHolder(input, held);
  const label = input.label ?? before.label;
  const moves = holder.userId !== held.userId || holder.groupId !== held.groupId;
  if (!moves && label === before.label) return before;
  const holderName = moves ? await requireHolder(ctx, holder) : null;
  await sql`
    update numbers set label = ${label}, user_id = ${holder.userId}::uuid, group_id = ${holder.groupId}::uuid,
      version = version + 1
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  const target = { kind: 'number', id, name: before.e164 } as const;
  const entries: AuditEntry[] = [];
  if (label !== before.label) {
    entries.push({
      action: 'number.updated',
      target,
      before: { label: before.label },
      after: { label },
    });
  }
  if (moves) {
    entries.push({
      action: holderName === null ? 'number.freed' : 'number.assigned',
      target,
      before: { ...held, holder: before.user?.name ?? before.group?.name ?? null },
      after: { ...holder, holder: holderName },
    });
  }
  await appendAuditEvents(ctx, entries);
  const cleared = moves ? await clearUnusableDefaults(ctx, { numberIds: [id] }) : [];
  const warnings = cleared.map(
    ({ userName, e164 }): Warning => ({
      code: 'default_number_cleared',
      field: null,
      message: `${e164} was the default outbound number of ${userName} and is so no longer. Choose another one for them.`,
    }),
  );
  return { ...(await readNumber(ctx, id)), warnings };
}

/** What is left out stays, but whoever gets the number takes it from the other kind of holder. */
function wantedHolder({ userId, groupId }: UpdateNumberInput, held: Holder): Holder {
  if (userId) return { userId, groupId: null };
  if (groupId) return { userId: null, groupId };
  return {
    userId: userId === null ? null : held.userId,
    groupId: groupId === null ? null : held.groupId,
  };
}

/** Locks a number for a change that starts from `version` (null: from whatever stands there). */
export async function lockNumber(ctx: Context, id: string, version: number | null): Promise<NumberView> {
  await sql`select 1 from numbers where organization_id = ${ctx.organizationId} and id = ${id} for update`.execute(
    ctx.tx,
  );
  const number = await readNumber(ctx, id);
  if (version === null || version === number.version) return number;
  throw new AppError('precondition_failed', {
    detail: `${number.e164} has been changed since you read it. Look at it again and repeat your change.`,
    context: { current: number },
  });
}
