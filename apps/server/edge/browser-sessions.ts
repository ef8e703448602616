import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../domain/context.ts';
import { findLiveSession, type LiveSession } from '../domain/sessions/live-session.ts';
import { readSecret } from '../platform/secrets.ts';
import type { Deps } from './deps.ts';
import { inContext } from './in-context.ts';
import { otherSessionsCookie, sessionCookie } from './session-cookies.ts';

/** A browser is signed in to so many organizations at most: each is a look-up, and a cookie has 4 kB. */
export const mostSessionsOfBrowser = 5;

/** A session secret that a browser has sent, with the organization that it names. */
export interface BrowserSecret {
  secret: string;
  organizationId: string;
  hash: Buffer;
}

/** The well-formed secrets in the browser's cookies; `current` is the one that it works in. */
export function readBrowserSecrets(
  deps: Deps,
  request: FastifyRequest,
): { current: BrowserSecret | null; others: BrowserSecret[] } {
  const { publicUrl } = deps.installation;
  const parse = (secret: string): BrowserSecret[] => {
    const read = readSecret('rcs', secret);
    return read ? [{ secret, ...read }] : [];
  };
  const [current = null] = parse(sessionCookie.read(publicUrl, request) ?? '');
  const others = (otherSessionsCookie.read(publicUrl, request) ?? '').split('.').flatMap(parse);
  return { current, others: others.slice(0, mostSessionsOfBrowser) };
}

export type LiveBrowserSession = BrowserSecret & { session: LiveSession };

/** Those of the secrets whose session is live, each looked up in its own organization. */
export async function findLiveSessions(
  deps: Deps,
  request: FastifyRequest,
  secrets: readonly BrowserSecret[],
): Promise<LiveBrowserSession[]> {
  const live: LiveBrowserSession[] = [];
  for (const secret of secrets) {
    const session = await asVisitor(deps, request, secret.organizationId, (ctx) =>
      findLiveSession(ctx.tx, secret.hash, ctx.now),
    );
    if (session) live.push({ ...secret, session });
  }
  return live;
}

/** Runs `work` in one organization for somebody who has not been authenticated there yet. */
export function asVisitor<T>(
  deps: Deps,
  request: FastifyRequest,
  organizationId: string,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  return inContext(
    deps,
    { organizationId, requestId: request.id, actor: { kind: 'anonymous', ip: request.ip } },
    work,
  );
}

/** Puts the sessions into the browser's cookies; the first is the one to work in. None clears them. */
export function writeBrowserSessions(
  deps: Deps,
  reply: FastifyReply,
  sessions: readonly { secret: string; expiresAt: Date }[],
): void {
  const { publicUrl } = deps.installation;
  const [current, ...others] = sessions.slice(0, mostSessionsOfBrowser);
  if (current) sessionCookie.write(publicUrl, reply, current.secret, current.expiresAt);
  else sessionCookie.clear(publicUrl, reply);
  if (others.length === 0) {
    otherSessionsCookie.clear(publicUrl, reply);
    return;
  }
  const expires = new Date(Math.max(...others.map((other) => other.expiresAt.getTime())));
  otherSessionsCookie.write(publicUrl, reply, others.map((other) => other.secret).join('.'), expires);
}
