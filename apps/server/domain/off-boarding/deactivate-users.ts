import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { type OffBoardingOptions, offBoard } from './off-board.ts';

/**
 * Deactivates users: no request that starts after the commit passes for them. Ends their sessions, keys, links and
 * invitations, frees or hands over their numbers, takes them out of routing, and writes the off-boarding records. In
 * a set, whoever would be the last administrator is refused (`last_administrator`) and the others go.
 * @returns an outcome for each user, in their order; refused with `not_found`, `wrong_status` or `last_administrator`
 * @throws AppError `forbidden`, `reason_required`, `invalid_input` (the successor)
 */
export async function deactivateUsers(
  ctx: Context,
  userIds: readonly string[],
  options: OffBoardingOptions = {},
): Promise<Outcome<{ userId: string; offBoardingId: string }>[]> {
  return (await offBoard(ctx, userIds, options)).outcomes;
}
