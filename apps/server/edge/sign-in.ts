import { normaliseSignInName } from '@rollcall/contract/person-fields';
import type { SignInInput } from '@rollcall/contract/sessions';
import type { FastifyRequest } from 'fastify';
import { endAsItself } from '../domain/sessions/end-sessions.ts';
import {
  accountLimit,
  addressLimit,
  companyLimit,
  countAttempts,
  requireWithinLimits,
  settleAttempts,
} from '../domain/sessions/limit-attempts.ts';
import { type NewSession, signInFailed } from '../domain/sessions/start-session.ts';
import {
  findSignIns,
  type RefusalCause,
  readSignInAccount,
  recordRefusal,
  type SignInAccount,
  startVerifiedSession,
} from '../domain/sessions/verify-sign-in.ts';
import { refuseEvenly } from '../platform/answer-evenly.ts';
import { AppError } from '../platform/errors.ts';
import { hashPassword, verifyPassword } from '../platform/password-hash.ts';
import {
  asVisitor,
  findLiveSessions,
  mostSessionsOfBrowser,
  readBrowserSecrets,
} from './browser-sessions.ts';
import type { Deps } from './deps.ts';

/** A session that goes into the browser's cookies. */
export interface SignedIn {
  secret: string;
  expiresAt: Date;
  organization: { id: string; name: string };
}

/** Above what checking five accounts takes, so that a refusal tells nothing by its time. */
const leastMilliseconds = 400;

/**
 * Signs in to every organization in which this name and password fit, the last used first. What else the browser holds
 * stays if it is of the same name, and ends if it is somebody else's. Hashing happens outside of any transaction.
 * @throws AppError `sign_in_failed`, alike for an unknown, an inactive and an invited name and a wrong password, or
 *   `too_many_requests`
 */
export function signIn(deps: Deps, request: FastifyRequest, input: SignInInput): Promise<SignedIn[]> {
  const key = normaliseSignInName(input.signInName);
  return refuseEvenly(leastMilliseconds, async () => {
    const checked = await checkPasswords(await findAccounts(deps, request, key), input.password);
    const started: (SignedIn & { lastSeenAt: number })[] = [];
    for (const one of checked.filter(({ cause }) => cause === null)) {
      const session = await startOne(deps, request, one);
      if (!session) continue;
      const { account, organizationId } = one;
      started.push({
        secret: session.secret,
        expiresAt: session.expiresAt,
        organization: { id: organizationId, name: account.organizationName },
        lastSeenAt: account.lastSeenAt?.getTime() ?? 0,
      });
    }
    if (started.length === 0) {
      await recordRefusals(deps, request, checked);
      throw signInFailed();
    }
    const now = deps.clock();
    await deps.db.transaction({ organizationId: null, now }, (tx) =>
      settleAttempts(tx, [accountLimit(key)], [addressLimit(request.ip), companyLimit(key)]),
    );
    started.sort((a, b) => b.lastSeenAt - a.lastSeenAt);
    return [...started, ...(await keepOwnSessions(deps, request, key, started))];
  });
}

interface Found {
  organizationId: string;
  account: SignInAccount;
}

/** Counts the attempt, committed on its own, and reads the accounts that the name leads to. */
async function findAccounts(deps: Deps, request: FastifyRequest, key: string): Promise<Found[]> {
  const now = deps.clock();
  const limits = [accountLimit(key), addressLimit(request.ip), companyLimit(key)];
  const { counted, signIns } = await deps.db.transaction({ organizationId: null, now }, async (tx) => ({
    counted: await countAttempts(tx, limits, now),
    signIns: await findSignIns(tx, key, mostSessionsOfBrowser),
  }));
  const found: Found[] = [];
  if (counted.retryAfterSeconds === null || counted.justExceeded) {
    for (const { organizationId, userId } of signIns) {
      const account = await asVisitor(deps, request, organizationId, (ctx) => readSignInAccount(ctx, userId));
      if (account) found.push({ organizationId, account });
    }
  }
  if (counted.justExceeded) {
    await recordRefusals(
      deps,
      request,
      found.map((one) => ({ ...one, cause: 'too_many_attempts' as const })),
    );
  }
  requireWithinLimits(
    counted,
    'Or choose a new password by “Forgotten password”, and sign in with it at once.',
  );
  return found;
}

interface Checked extends Found {
  /** Why not; null where the password fits and the account may sign in. */
  cause: RefusalCause | null;
  newHash: string | null;
}

async function checkPasswords(found: readonly Found[], password: string): Promise<Checked[]> {
  if (found.length === 0) await verifyPassword(null, password);
  return Promise.all(
    found.map(async (one) => {
      const { passwordHash, status } = one.account;
      const { fits, outdated } = await verifyPassword(passwordHash, password);
      if (!fits) return { ...one, cause: passwordHash ? 'wrong_password' : 'no_password', newHash: null };
      if (status !== 'active') return { ...one, cause: 'not_active', newHash: null };
      return { ...one, cause: null, newHash: outdated ? await hashPassword(password) : null };
    }),
  );
}

/** Null where the account was deactivated or got another password while this one was being checked. */
async function startOne(deps: Deps, request: FastifyRequest, one: Checked): Promise<NewSession | null> {
  const userAgent = request.headers['user-agent'] ?? null;
  try {
    return await asVisitor(deps, request, one.organizationId, (ctx) =>
      startVerifiedSession(ctx, one.account, one.newHash, userAgent),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'sign_in_failed') return null;
    throw error;
  }
}

async function recordRefusals(
  deps: Deps,
  request: FastifyRequest,
  refused: readonly (Found & { cause: RefusalCause | null })[],
): Promise<void> {
  for (const { organizationId, account, cause } of refused) {
    await asVisitor(deps, request, organizationId, (ctx) =>
      recordRefusal(ctx, account, cause ?? 'not_active'),
    );
  }
}

/** A new secret replaces the old one; what is of another person on the same computer does not live on. */
export async function keepOwnSessions(
  deps: Deps,
  request: FastifyRequest,
  key: string,
  started: readonly SignedIn[],
): Promise<SignedIn[]> {
  const { current, others } = readBrowserSecrets(deps, request);
  const kept: SignedIn[] = [];
  for (const { secret, organizationId, session } of await findLiveSessions(
    deps,
    request,
    current ? [current, ...others] : others,
  )) {
    const replaced = started.some(({ organization }) => organization.id === organizationId);
    if (session.signInKey === key && !replaced) {
      kept.push({ secret, expiresAt: session.expiresAt, organization: session.organization });
    } else {
      await asVisitor(deps, request, organizationId, (ctx) => endAsItself(ctx, session, 'signed_out'));
    }
  }
  return kept;
}
