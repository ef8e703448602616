import { me, signInInput, signInResult, switchInput, updateMeInput } from '@rollcall/contract/sessions';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { asCaller, requireNoOtherOrigin, requireSameOrigin } from '../../edge/authenticate-request.ts';
import { asVisitor, readBrowserSecrets, writeBrowserSessions } from '../../edge/browser-sessions.ts';
import type { Deps } from '../../edge/deps.ts';
import type { Routes } from '../../edge/routes.ts';
import { signIn } from '../../edge/sign-in.ts';
import { choicesOf, findBrowserSessions, switchOrganization } from '../../edge/switch-organization.ts';
import { endAsItself } from './end-sessions.ts';
import { readMe } from './read-me.ts';
import { updateMe } from './update-me.ts';

const tags = ['Sessions'];

export const sessionRoutes: Routes = (api, deps) => {
  api.post(
    '/session',
    {
      schema: { summary: 'Sign in', tags, security: [], body: signInInput, response: { 200: signInResult } },
    },
    async (request, reply) => {
      requireNoOtherOrigin(deps, request);
      const sessions = await signIn(deps, request, request.body);
      writeBrowserSessions(deps, reply, sessions);
      return {
        organizations: sessions.map(({ organization }, index) => ({ ...organization, current: index === 0 })),
      };
    },
  );

  api.delete(
    '/session',
    { schema: { summary: 'Sign out of every organization', tags, response: { 204: z.undefined() } } },
    async (request, reply) => {
      requireSameOrigin(deps, request);
      for (const { organizationId, session } of await findBrowserSessions(deps, request)) {
        await asVisitor(deps, request, organizationId, (ctx) => endAsItself(ctx, session, 'signed_out'));
      }
      writeBrowserSessions(deps, reply, []);
      reply.code(204);
    },
  );

  api.post(
    '/session/organization',
    {
      schema: {
        summary: 'Work on in another organization',
        tags,
        body: switchInput,
        response: { 200: signInResult },
      },
    },
    async (request, reply) => {
      requireSameOrigin(deps, request);
      return {
        organizations: await switchOrganization(deps, request, reply, request.body.organizationId),
      };
    },
  );

  api.get('/me', { schema: { summary: 'Who is signed in', tags, response: { 200: me } } }, async (request) =>
    withOrganizations(deps, request, await asCaller(deps, request, readMe)),
  );

  api.patch(
    '/me',
    { schema: { summary: 'Change one’s own profile', tags, body: updateMeInput, response: { 200: me } } },
    async (request) => {
      const changed = await asCaller(deps, request, async (ctx) => {
        await updateMe(ctx, request.body);
        return readMe(ctx);
      });
      return withOrganizations(deps, request, changed);
    },
  );
};

/** Adds what the switcher offers: the other organizations in which this browser has a live session. */
async function withOrganizations<T extends Awaited<ReturnType<typeof readMe>>>(
  deps: Deps,
  request: FastifyRequest,
  result: T,
) {
  const { id, name } = result.organization;
  const several = result.sessionId !== null && readBrowserSecrets(deps, request).others.length > 0;
  const organizations = several
    ? choicesOf(await findBrowserSessions(deps, request))
    : [{ id, name, current: true }];
  return { ...result, organizations };
}
