import { sql } from 'kysely';
import { invalidField } from '../../platform/errors.ts';
import type { Context } from '../context.ts';

/** Who a number is to be assigned to; neither means nobody. */
export interface Holder {
  userId: string | null;
  groupId: string | null;
}

/**
 * Locks whom a number is to be assigned to, so that they cannot leave meanwhile.
 * @returns their name, or null for nobody
 * @throws AppError `invalid_input` where there is no such user or group, or the user is deactivated
 */
export async function requireHolder(ctx: Context, { userId, groupId }: Holder): Promise<string | null> {
  if (userId !== null) {
    const { rows } = await sql<{ name: string; status: string }>`
      select btrim(first_name || ' ' || last_name) as name, status from users
      where organization_id = ${ctx.organizationId} and id = ${userId} and withdrawn_at is null for share`.execute(
      ctx.tx,
    );
    const user = rows[0];
    if (!user) throw invalidField('userId', 'There is no agent with this id.', 'Choose one from the list.');
    if (user.status === 'inactive')
      throw invalidField('userId', `${user.name} is deactivated.`, 'Choose an agent who is not.');
    return user.name;
  }
  if (groupId === null) return null;
  const { rows } = await sql<{ name: string }>`
    select name from groups where organization_id = ${ctx.organizationId} and id = ${groupId} for share`.execute(
    ctx.tx,
  );
  if (!rows[0]) throw invalidField('groupId', 'There is no group with this id.', 'Choose one from the list.');
  return rows[0].name;
}
