import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../domain/context.ts';
import { authenticateApiKey, authenticateSession, notSignedIn } from '../domain/sessions/authenticate.ts';
import { AppError } from '../platform/errors.ts';
import { readSecret } from '../platform/secrets.ts';
import type { Deps } from './deps.ts';
import { inContext } from './in-context.ts';
import { countRequest } from './limit-requests.ts';
import { runOnce } from './replay-idempotent.ts';
import { sessionCookie } from './session-cookies.ts';

/** The name of the header in which a caller gives the reason or ticket of a change, URI-encoded. */
export const reasonHeader = 'rollcall-reason';

/**
 * Opens the transaction of a request, finds out in it who is asking, and runs `work`. Session cookie or
 * `Authorization: Bearer` with an API key; a request with a cookie that changes anything must come from our pages. Counts
 * the request against the limit of its credential.
 */
export async function asCaller<T>(
  deps: Deps,
  request: FastifyRequest,
  work: (ctx: Context) => Promise<T>,
  options: { lockTimeout?: number } = {},
): Promise<T> {
  const credential = readCredential(deps, request);
  if (!credential) throw notSignedIn();
  const { organizationId, hash, kind } = credential;
  const authenticate = kind === 'session' ? authenticateSession : authenticateApiKey;
  const reason = readReason(request);
  const { lockTimeout } = options;
  return inContext(
    deps,
    {
      organizationId,
      requestId: request.id,
      actor: async ({ tx, now }) => {
        const actor = await authenticate(tx, hash, now, request.ip);
        await countRequest(deps.limitRequests, request, tx, hash, now);
        return actor;
      },
      ...(reason === undefined ? {} : { reason }),
      ...(lockTimeout === undefined ? {} : { lockTimeout }),
    },
    work,
  );
}

/** As {@link asCaller}, for a route: a POST runs once for its Idempotency-Key. */
export function forCaller<T>(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  return asCaller(deps, request, (ctx) => runOnce(ctx, request, reply, () => work(ctx)));
}

/** As {@link forCaller}, as the handler of a route that takes no input (TypeScript cannot see a route's input through it). */
export function withCaller<R extends FastifyRequest, T>(
  deps: Deps,
  work: (ctx: Context, request: R, reply: FastifyReply) => Promise<T>,
): (request: R, reply: FastifyReply) => Promise<T> {
  return (request, reply) => forCaller(deps, request, reply, (ctx) => work(ctx, request, reply));
}

function readCredential(deps: Deps, request: FastifyRequest) {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) {
    const key = readSecret('rck', bearer);
    return key && { ...key, kind: 'api_key' as const };
  }
  const cookie = sessionCookie.read(deps.installation.publicUrl, request);
  const session = cookie ? readSecret('rcs', cookie) : null;
  if (session) requireSameOrigin(deps, request);
  return session && { ...session, kind: 'session' as const };
}

/** Against cross-site request forgery: browsers name the origin of every request that may change something. */
export function requireSameOrigin(deps: Deps, request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  const allowed = origin === undefined ? site === 'same-origin' : isOwnOrigin(deps, request, origin);
  if (!allowed) {
    throw new AppError('cross_site_request', {
      detail: `Requests with a session must come from ${new URL(deps.installation.publicUrl).origin}. Use an API key from elsewhere.`,
    });
  }
}

/**
 * As {@link requireSameOrigin}, for what needs no session (signing in, a link from a mail): another site must not do it
 * in a visitor's browser, but whoever is no browser names no origin.
 */
export function requireNoOtherOrigin(deps: Deps, request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined || site !== undefined) requireSameOrigin(deps, request);
}

/** The public URL's origin; on loopback also the address that the browser has in fact used (localhost or 127.0.0.1). */
function isOwnOrigin(deps: Deps, request: FastifyRequest, origin: string): boolean {
  const own = new URL(deps.installation.publicUrl);
  if (origin === own.origin) return true;
  return (
    own.protocol === 'http:' &&
    origin === `http://${request.host}` &&
    /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin)
  );
}

function readReason(request: FastifyRequest): string | undefined {
  const header = request.headers[reasonHeader];
  if (typeof header !== 'string' || header === '') return undefined;
  try {
    return decodeURIComponent(header).trim().slice(0, 500) || undefined;
  } catch {
    throw new AppError('malformed_request', {
      detail: `The header ${reasonHeader} must be URI-encoded text.`,
    });
  }
}
