import { type RawBuilder, sql } from 'kysely';
import { invalidField } from '../../platform/errors.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';

/** Whether user `u` may call out with number `n`: it is theirs, or of a group that they are in. */
function mayUse(userId: RawBuilder<string>): RawBuilder<boolean> {
  return sql<boolean>`(n.user_id = ${userId} or exists (select from group_members m
    where m.organization_id = n.organization_id and m.group_id = n.group_id and m.user_id = ${userId}))`;
}

/**
 * A default outbound number must be one that the user may call out with.
 * @throws AppError `invalid_input` on the field `defaultNumberId`
 */
export async function requireUsableNumber(ctx: Context, userId: string, numberId: string): Promise<void> {
  const { rows } = await sql`
    select 1 from numbers n where n.organization_id = ${ctx.organizationId} and n.id = ${numberId}
      and ${mayUse(sql`${userId}::uuid`)} for share of n`.execute(ctx.tx);
  if (rows.length > 0) return;
  throw invalidField(
    'defaultNumberId',
    'This number is neither assigned to the agent nor to a group of theirs.',
    'Assign it first, or choose another one.',
  );
}

/** The condition for a list of numbers: those that this user may call out with. */
export function isUsableBy(userId: string): RawBuilder<boolean> {
  return mayUse(sql`${userId}::uuid`);
}

/** A default outbound number that was cleared, because its user may not call out with it any more. */
export interface ClearedDefault {
  userId: string;
  userName: string;
  e164: string;
}

/**
 * Clears default outbound numbers that their users may no longer call out with. Call it after a change that takes
 * numbers or memberships away, naming the numbers or the users concerned.
 */
export async function clearUnusableDefaults(
  ctx: Context,
  of: { numberIds?: readonly string[]; userIds?: readonly string[] },
): Promise<ClearedDefault[]> {
  const { rows } = await sql<ClearedDefault & { numberId: string }>`
    with lost as (
      select u.id, n.id as number_id, n.e164 from users u
      join numbers n on n.organization_id = u.organization_id and n.id = u.default_number_id
      where u.organization_id = ${ctx.organizationId}
        and (u.default_number_id = any(${[...(of.numberIds ?? [])]}::uuid[]) or u.id = any(${[...(of.userIds ?? [])]}::uuid[]))
        and ${mayUse(sql`u.id`)} is not true
      order by u.id for no key update of u
    )
    update users u set default_number_id = null, version = u.version + 1, updated_at = ${ctx.now} from lost
    where u.organization_id = ${ctx.organizationId} and u.id = lost.id
    returning u.id as "userId", btrim(u.first_name || ' ' || u.last_name) as "userName", lost.e164, lost.number_id as "numberId"`.execute(
    ctx.tx,
  );
  await appendAuditEvents(
    ctx,
    rows.map(({ userId, userName, numberId }) => ({
      action: 'user.updated',
      target: { kind: 'user', id: userId, name: userName },
      before: { defaultNumberId: numberId },
      after: { defaultNumberId: null },
    })),
  );
  return rows;
}
