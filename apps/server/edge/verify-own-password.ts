import type { FastifyRequest } from 'fastify';
import {
  accountLimit,
  countAttempts,
  requireWithinLimits,
  settleAttempts,
} from '../domain/sessions/limit-attempts.ts';
import { type Account, readAccount } from '../domain/sessions/read-account.ts';
import { requirePerson } from '../domain/sessions/require-person.ts';
import { refuseEvenly } from '../platform/answer-evenly.ts';
import { invalidField } from '../platform/errors.ts';
import { verifyPassword } from '../platform/password-hash.ts';
import { asCaller } from './authenticate-request.ts';
import type { Deps } from './deps.ts';

/**
 * Has the person of this session type their password again before something that decides how they sign in. Counts
 * with the failures of signing in: a session that was taken over is no way around their limit.
 * @throws AppError `invalid_input` for `currentPassword`, `too_many_requests`, `forbidden` for an API key
 */
export async function verifyOwnPassword(
  deps: Deps,
  request: FastifyRequest,
  currentPassword: string,
): Promise<Account> {
  const account = await asCaller(
    deps,
    request,
    async (ctx) => (await readAccount(ctx, requirePerson(ctx).userId))!,
  );
  const now = deps.clock();
  const limits = [accountLimit(account.signInKey)];
  const counted = await deps.db.transaction({ organizationId: null, now }, (tx) =>
    countAttempts(tx, limits, now),
  );
  requireWithinLimits(counted);
  return refuseEvenly(200, async () => {
    const { fits } = await verifyPassword(account.passwordHash, currentPassword);
    if (!fits) {
      throw invalidField(
        'currentPassword',
        'This is not your present password.',
        'Type it again, or choose a new one by “Forgotten password”.',
      );
    }
    await deps.db.transaction({ organizationId: null, now }, (tx) => settleAttempts(tx, limits));
    return account;
  });
}
