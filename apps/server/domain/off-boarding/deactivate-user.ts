import type { DeactivateUserInput } from '@rollcall/contract/off-boarding';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';
import { unwrap } from '../outcome.ts';
import { offBoard } from './off-board.ts';
import { describeEffects } from './preview-off-boarding.ts';

/**
 * Deactivates one user, if what happens is still what the preview's digest stands for.
 * @returns the id of the off-boarding record
 * @throws AppError `preview_drifted`, with the present preview in `context.current`; else as an outcome's error
 */
export async function deactivateUser(
  ctx: Context,
  userId: string,
  { digest, ...options }: DeactivateUserInput,
): Promise<string> {
  const done = await offBoard(ctx, [userId], options);
  const { offBoardingId } = unwrap(done.outcomes);
  const current = describeEffects([userId], done);
  if (digest !== undefined && digest !== current.digest) {
    throw new AppError('preview_drifted', {
      detail: 'What deactivating would end has changed since you looked. Nothing was done: look at it again.',
      context: { current },
    });
  }
  return offBoardingId;
}
