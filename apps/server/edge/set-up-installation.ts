import type { SetupInput } from '@rollcall/contract/setup';
import type { FastifyRequest } from 'fastify';
import { type Actor, actingAs, type Context } from '../domain/context.ts';
import {
  consumeSetUpLink,
  createOrganizationWithAdministrator,
  isSetUp,
  keepSetUpLink,
  requireNotSetUp,
  setUpLinkNotValid,
} from '../domain/organizations/set-up.ts';
import { requireStrongPassword } from '../domain/sessions/check-password.ts';
import { startSession } from '../domain/sessions/start-session.ts';
import { newId } from '../platform/ids.ts';
import { hashPassword } from '../platform/password-hash.ts';
import { issueSecret, readSecret } from '../platform/secrets.ts';
import type { Deps } from './deps.ts';
import type { SignedIn } from './sign-in.ts';

/** An organization with its first administrator, as the command line and the environment name them. */
export interface OrganizationToCreate {
  name: string;
  firstName?: string;
  lastName?: string;
  email: string;
  password: string;
  timeZone?: string | undefined;
  language?: string | undefined;
}

/** Makes a one-time link to set up this installation; null where there is an organization already. */
export async function issueSetUpLink(deps: Deps): Promise<string | null> {
  const now = deps.clock();
  const { secret, hash } = issueSecret('rcl', newId());
  const { organizationId } = readSecret('rcl', secret)!;
  return deps.db.ownerTransaction(async (tx) => {
    if (await isSetUp(tx)) return null;
    await keepSetUpLink(tx, organizationId, hash, now);
    return `${deps.installation.publicUrl}/setup#token=${secret}`;
  });
}

/** Whether there is no organization yet. */
export async function isSetUpOpen(deps: Deps): Promise<boolean> {
  return !(await deps.db.transaction({ organizationId: null, now: deps.clock() }, isSetUp));
}

/**
 * The first organization, by the link; its administrator is signed in. Of two at once the second one is told.
 * @throws AppError `already_set_up`, `link_not_valid`, `weak_password`
 */
export async function setUpByLink(deps: Deps, request: FastifyRequest, input: SetupInput): Promise<SignedIn> {
  const link = readSecret('rcl', input.token);
  await deps.db.ownerTransaction(requireNotSetUp);
  if (!link) throw setUpLinkNotValid();
  const { organizationName, ...person } = input;
  const administrator = await prepare({ ...person, name: organizationName });
  const actor: Actor = { kind: 'anonymous', ip: request.ip };
  return asOwner(deps, { organizationId: link.organizationId, actor, requestId: request.id }, async (ctx) => {
    await requireNotSetUp(ctx.tx);
    await consumeSetUpLink(ctx.tx, link.hash, ctx.now);
    const organization = {
      name: organizationName,
      ...(input.timeZone ? { timeZone: input.timeZone } : {}),
      ...(input.language ? { language: input.language } : {}),
    };
    const userId = await createOrganizationWithAdministrator(ctx, organization, administrator);
    const name = `${input.firstName} ${input.lastName}`;
    const person = { kind: 'user', userId, sessionId: '', name, grants: new Map(), ip: request.ip } as const;
    const { secret, expiresAt } = await startSession(
      actingAs(ctx, person),
      { id: userId, name },
      { ip: request.ip, userAgent: request.headers['user-agent'] ?? null },
    );
    return { secret, expiresAt, organization: { id: ctx.organizationId, name: organizationName } };
  });
}

/**
 * The first organization by the operator, without a link (environment, command line).
 * @throws AppError `already_set_up`, `weak_password`
 */
export async function createFirstOrganization(
  deps: Deps,
  input: OrganizationToCreate,
): Promise<{ organizationId: string; userId: string }> {
  return createByOperator(deps, input, (ctx) => requireNotSetUp(ctx.tx));
}

/** One more organization by the operator. @throws AppError `weak_password` */
export async function createFurtherOrganization(
  deps: Deps,
  input: OrganizationToCreate,
): Promise<{ organizationId: string; userId: string }> {
  return createByOperator(deps, input, async () => {});
}

async function createByOperator(
  deps: Deps,
  input: OrganizationToCreate,
  guard: (ctx: Context) => Promise<void>,
) {
  const administrator = await prepare(input);
  const organizationId = newId();
  const actor: Actor = { kind: 'system', name: 'Operator', ip: null };
  return asOwner(deps, { organizationId, actor, requestId: newId() }, async (ctx) => {
    await guard(ctx);
    const organization = {
      name: input.name,
      ...(input.timeZone ? { timeZone: input.timeZone } : {}),
      ...(input.language ? { language: input.language } : {}),
    };
    return {
      organizationId,
      userId: await createOrganizationWithAdministrator(ctx, organization, administrator),
    };
  });
}

async function prepare(input: OrganizationToCreate) {
  const { firstName = '', lastName = '', email, name } = input;
  await requireStrongPassword(input.password, {
    organizationName: name,
    firstName,
    lastName,
    email,
    signInName: email,
  });
  return { firstName, lastName, email, passwordHash: await hashPassword(input.password) };
}

/** Opens the owner's transaction as a context: the application's role cannot make tenants. */
export function asOwner<T>(
  deps: Deps,
  scope: Pick<Context, 'organizationId' | 'actor' | 'requestId'>,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const now = deps.clock();
  return deps.db.ownerTransaction(
    (tx) =>
      work({
        ...scope,
        tx,
        now,
        installation: deps.installation,
        enqueue: (...[queue, jobs, options]) => deps.jobs.enqueue(tx, queue, jobs, options),
      }),
    now,
  );
}
