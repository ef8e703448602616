import { normaliseSignInName } from '@rollcall/contract/person-fields';
import type { FastifyRequest } from 'fastify';
import { completePasswordReset, sendPasswordReset } from '../domain/sessions/change-password.ts';
import { requireStrongPassword } from '../domain/sessions/check-password.ts';
import {
  accountLimit,
  addressLimit,
  countAttempts,
  requireWithinLimits,
  resetLimit,
  settleAttempts,
} from '../domain/sessions/limit-attempts.ts';
import { readAccount } from '../domain/sessions/read-account.ts';
import { findUserLink, linkNotValid } from '../domain/sessions/user-links.ts';
import { findSignIns } from '../domain/sessions/verify-sign-in.ts';
import { answerEvenly } from '../platform/answer-evenly.ts';
import { hashPassword } from '../platform/password-hash.ts';
import { readSecret } from '../platform/secrets.ts';
import { asVisitor, mostSessionsOfBrowser } from './browser-sessions.ts';
import type { Deps } from './deps.ts';

/** Sends a link for each account of this name; the answer is the same, and takes as long, where there is none. */
export function requestPasswordReset(deps: Deps, request: FastifyRequest, signInName: string): Promise<void> {
  const key = normaliseSignInName(signInName);
  return answerEvenly(300, async () => {
    const now = deps.clock();
    const { counted, signIns } = await deps.db.transaction({ organizationId: null, now }, async (tx) => ({
      counted: await countAttempts(tx, [resetLimit(key), addressLimit(request.ip)], now),
      signIns: await findSignIns(tx, key, mostSessionsOfBrowser),
    }));
    requireWithinLimits(counted);
    for (const { organizationId, userId } of signIns) {
      await asVisitor(deps, request, organizationId, async (ctx) => {
        const account = await readAccount(ctx, userId);
        if (account) await sendPasswordReset(ctx, account);
      });
    }
  });
}

/**
 * The new password by the link. A password that is too weak leaves the link as it is.
 * @throws AppError `link_not_valid`, `weak_password`
 */
export async function resetPassword(
  deps: Deps,
  request: FastifyRequest,
  input: { token: string; password: string },
): Promise<void> {
  const link = readSecret('rcl', input.token);
  if (!link) throw linkNotValid();
  const owner = await asVisitor(deps, request, link.organizationId, async (ctx) =>
    readAccount(ctx, await findUserLink(ctx, link.hash, 'password_reset')),
  );
  await requireStrongPassword(input.password, owner!);
  const newHash = await hashPassword(input.password);
  const account = await asVisitor(deps, request, link.organizationId, (ctx) =>
    completePasswordReset(ctx, link.hash, newHash),
  );
  await deps.db.transaction({ organizationId: null, now: deps.clock() }, (tx) =>
    settleAttempts(tx, [accountLimit(account.signInKey), resetLimit(account.signInKey)]),
  );
}
