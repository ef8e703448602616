import type { AcceptInvitationInput } from '@rollcall/contract/invitations';
import { normaliseSignInName } from '@rollcall/contract/person-fields';
import type { FastifyRequest } from 'fastify';
import { actingAs, type Context } from '../domain/context.ts';
import { acceptInvitation } from '../domain/invitations/accept-invitation.ts';
import { findInvitation, unknownLink } from '../domain/invitations/find-invitation.ts';
import { requireStrongPassword } from '../domain/sessions/check-password.ts';
import { startSession } from '../domain/sessions/start-session.ts';
import { hashPassword } from '../platform/password-hash.ts';
import { readSecret } from '../platform/secrets.ts';
import { asVisitor } from './browser-sessions.ts';
import type { Deps } from './deps.ts';
import { keepOwnSessions, type SignedIn } from './sign-in.ts';

/** Runs `work` in the organization that the token of an invitation names. @throws AppError `link_not_valid` */
export function withInvitationLink<T>(
  deps: Deps,
  request: FastifyRequest,
  token: string,
  work: (ctx: Context, hash: Buffer) => Promise<T>,
): Promise<T> {
  const link = readSecret('rci', token);
  if (!link) throw unknownLink();
  return asVisitor(deps, request, link.organizationId, (ctx) => work(ctx, link.hash));
}

/**
 * Accepts an invitation and signs its user in. The password is judged and hashed between two transactions, since that
 * takes its time; the second looks at the link again.
 * @returns the new session first, then those that this person has in other organizations in the same browser
 * @throws AppError `link_not_valid`, `weak_password`
 */
export async function acceptByLink(
  deps: Deps,
  request: FastifyRequest,
  input: AcceptInvitationInput,
): Promise<SignedIn[]> {
  const { token, firstName, lastName, password, timeZone } = input;
  const owner = await withInvitationLink(deps, request, token, findInvitation);
  await requireStrongPassword(password, { ...owner, firstName, lastName });
  const passwordHash = await hashPassword(password);
  const session = await withInvitationLink(deps, request, token, async (ctx, hash) => {
    const accepted = await acceptInvitation(ctx, hash, { firstName, lastName, passwordHash, timeZone });
    const name = `${firstName} ${lastName}`;
    const { userId } = accepted;
    const person = { kind: 'user', userId, sessionId: '', name, grants: new Map(), ip: request.ip } as const;
    const { secret, expiresAt } = await startSession(
      actingAs(ctx, person),
      { id: userId, name },
      { ip: request.ip, userAgent: request.headers['user-agent'] ?? null },
    );
    return { secret, expiresAt, organization: { id: ctx.organizationId, name: accepted.organizationName } };
  });
  const key = normaliseSignInName(owner.signInName);
  return [session, ...(await keepOwnSessions(deps, request, key, [session]))];
}
