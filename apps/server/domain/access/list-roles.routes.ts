import { roleList } from '@rollcall/contract/roles';
import { withCaller } from '../../edge/authenticate-request.ts';
import type { Routes } from '../../edge/routes.ts';
import { listRoles } from './list-roles.ts';

export const roleRoutes: Routes = (api, deps) => {
  api.get(
    '/roles',
    { schema: { summary: 'List roles and what they allow', tags: ['Roles'], response: { 200: roleList } } },
    withCaller(deps, async (ctx) => ({ items: await listRoles(ctx) })),
  );
};
