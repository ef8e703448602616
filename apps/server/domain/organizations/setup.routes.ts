import { signInResult } from '@rollcall/contract/sessions';
import { setupInput, setupState } from '@rollcall/contract/setup';
import { requireNoOtherOrigin } from '../../edge/authenticate-request.ts';
import { writeBrowserSessions } from '../../edge/browser-sessions.ts';
import type { Routes } from '../../edge/routes.ts';
import { isSetUpOpen, setUpByLink } from '../../edge/set-up-installation.ts';

const tags = ['Set-up'];

export const setUpRoutes: Routes = (api, deps) => {
  api.get(
    '/setup',
    {
      schema: {
        summary: 'Whether this installation waits to be set up',
        tags,
        security: [],
        response: { 200: setupState },
      },
    },
    async () => ({ open: await isSetUpOpen(deps) }),
  );

  api.post(
    '/setup',
    {
      schema: {
        summary: 'Make the first organization by the one-time link',
        tags,
        security: [],
        body: setupInput,
        response: { 201: signInResult },
      },
    },
    async (request, reply) => {
      requireNoOtherOrigin(deps, request);
      const signedIn = await setUpByLink(deps, request, request.body);
      writeBrowserSessions(deps, reply, [signedIn]);
      reply.code(201);
      return { organizations: [{ ...signedIn.organization, current: true }] };
    },
  );
};
