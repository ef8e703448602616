import type { CreateOperationInput } from '@rollcall/contract/operations';
import type { UserFilters } from '@rollcall/contract/users-list';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';
import { actingUserId } from '../context.ts';
import { findUserIds } from '../users/list-users.ts';

/** The most users of one bulk action; more are done by a file. */
export const mostUsers = 100_000;

/**
 * Whom a bulk action is for, in id order, so that its outcome does not depend on how they were chosen. Whoever asks
 * comes last: deactivated by their own action, they would stop it.
 * @throws AppError `invalid_input` where an id is not of this organization, or nobody is chosen
 */
export async function selectUsers(
  ctx: Context,
  selection: CreateOperationInput['selection'],
): Promise<string[]> {
  const chosen =
    'filter' in selection
      ? await findFitting(ctx, selection.filter, selection.except ?? [])
      : await requireUsers(ctx, selection.userIds);
  if (chosen.length === 0) throw refused('selection.filter', 'The filter fits no agent. Change it.');
  if (chosen.length > mostUsers)
    throw refused('selection.filter', 'The filter fits more than 100,000 agents. Narrow it.');
  const requester = actingUserId(ctx.actor);
  return [...chosen.filter((id) => id !== requester), ...chosen.filter((id) => id === requester)];
}

async function findFitting(ctx: Context, filter: UserFilters, except: readonly string[]): Promise<string[]> {
  const left = new Set(except);
  const fitting = await findUserIds(ctx, filter, mostUsers + 1 + left.size);
  return fitting.filter((id) => !left.has(id));
}

async function requireUsers(ctx: Context, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from users where organization_id = ${ctx.organizationId} and id = any(${[...userIds]}::uuid[])
      and withdrawn_at is null order by id`.execute(ctx.tx);
  const found = new Set(rows.map((row) => row.id));
  const fields = userIds.flatMap((id, index) =>
    found.has(id)
      ? []
      : [{ field: `selection.userIds.${index}`, message: 'There is no agent with this id.' }],
  );
  if (fields.length > 0) {
    throw new AppError('invalid_input', {
      detail: 'Some of the chosen agents do not exist. Read the list again.',
      fields: fields.slice(0, 100),
    });
  }
  return [...found];
}

function refused(field: string, message: string): AppError {
  return new AppError('invalid_input', { detail: message, fields: [{ field, message }] });
}
