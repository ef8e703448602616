import { me } from '@rollcall/contract/sessions';
import { withCaller } from '../../edge/authenticate-request.ts';
import type { Routes } from '../../edge/routes.ts';
import { readMe } from './read-me.ts';

export const sessionRoutes: Routes = (api, deps) => {
  api.get(
    '/me',
    { schema: { summary: 'Who is signed in', tags: ['Sessions'], response: { 200: me } } },
    withCaller(deps, async (ctx) => {
      const result = await readMe(ctx);
      return { ...result, organizations: [{ ...result.organization, current: true }] };
    }),
  );
};
