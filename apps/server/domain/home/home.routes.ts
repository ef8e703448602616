import { homeSummary } from '@rollcall/contract/home';
import { withCaller } from '../../edge/authenticate-request.ts';
import type { Routes } from '../../edge/routes.ts';
import { readHome } from './read-home.ts';

export const homeRoutes: Routes = (api, deps) => {
  api.get(
    '/home',
    {
      schema: {
        summary: 'People by status, stuck invitations, recent changes and warnings',
        tags: ['Organization'],
        response: { 200: homeSummary },
      },
    },
    withCaller(deps, (ctx) => readHome(ctx, { sendsMail: deps.mail !== null })),
  );
};
