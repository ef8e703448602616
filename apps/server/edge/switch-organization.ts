import type { OrganizationChoice } from '@rollcall/contract/sessions';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticateSession, notSignedIn } from '../domain/sessions/authenticate.ts';
import { AppError } from '../platform/errors.ts';
import {
  asVisitor,
  findLiveSessions,
  type LiveBrowserSession,
  readBrowserSecrets,
  writeBrowserSessions,
} from './browser-sessions.ts';
import type { Deps } from './deps.ts';

/** Works on in another organization in which this browser has a live session. @throws AppError `not_found` */
export async function switchOrganization(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  organizationId: string,
): Promise<OrganizationChoice[]> {
  const live = await findBrowserSessions(deps, request);
  if (live.length === 0) throw notSignedIn();
  const chosen = live.find((one) => one.organizationId === organizationId);
  if (!chosen) {
    throw new AppError('not_found', {
      detail: 'This browser has no live session in that organization. Sign in to it again.',
    });
  }
  // Counts as a use, so that the idle limit begins anew.
  await asVisitor(deps, request, organizationId, ({ tx, now }) =>
    authenticateSession(tx, chosen.hash, now, request.ip),
  );
  const ordered = [chosen, ...live.filter((one) => one !== chosen)];
  writeBrowserSessions(
    deps,
    reply,
    ordered.map(({ secret, session }) => ({ secret, expiresAt: session.expiresAt })),
  );
  return choicesOf(ordered);
}

/** The live sessions of this browser, the one that it works in first. */
export function findBrowserSessions(deps: Deps, request: FastifyRequest): Promise<LiveBrowserSession[]> {
  const { current, others } = readBrowserSecrets(deps, request);
  return findLiveSessions(deps, request, current ? [current, ...others] : others);
}

/** As the switcher shows them; the first is the current one. */
export function choicesOf(
  sessions: readonly { organizationId: string; session: { organization: { name: string } } }[],
): OrganizationChoice[] {
  return sessions.map(({ organizationId, session }, index) => ({
    id: organizationId,
    name: session.organization.name,
    current: index === 0,
  }));
}
