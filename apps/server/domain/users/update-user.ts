import type { UpdateUserInput, UserProfile } from '@rollcall/contract/users';
import { AppError } from '../../platform/errors.ts';
import { may } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { unwrap } from '../outcome.ts';
import { readProfile } from './read-user.ts';
import { updateUsers } from './update-users.ts';

/**
 * Changes one user from the version that the caller has read; null takes whatever stands there.
 * @throws AppError `precondition_failed` with the present profile in `context.current`
 */
export async function updateUser(
  ctx: Context,
  userId: string,
  changes: UpdateUserInput,
  ifVersion: number | null,
): Promise<UserProfile> {
  try {
    const { warnings } = unwrap(await updateUsers(ctx, [{ userId, changes, ifVersion }]));
    return { ...(await readProfile(ctx, userId)), warnings };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error;
    const current = may(ctx.actor, 'users:read') ? { current: await readProfile(ctx, userId) } : {};
    throw new AppError(error.code, { detail: error.message, context: current });
  }
}
