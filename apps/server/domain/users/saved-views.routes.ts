import { idParams } from '@rollcall/contract/paging';
import { savedView, savedViewInput, savedViewList, savedViewPatch } from '@rollcall/contract/saved-views';
import { z } from 'zod';
import { forCaller } from '../../edge/authenticate-request.ts';
import type { Routes } from '../../edge/routes.ts';
import { changeView, deleteView, listSavedViews, saveView } from './saved-views.ts';

const tags = ['Users'];

export const savedViewRoutes: Routes = (api, deps) => {
  api.get(
    '/saved-views',
    {
      schema: { summary: 'One’s saved views of the list of agents', tags, response: { 200: savedViewList } },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => ({ items: await listSavedViews(ctx) })),
  );
  api.post(
    '/saved-views',
    { schema: { summary: 'Save a view', tags, body: savedViewInput, response: { 201: savedView } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const view = await saveView(ctx, request.body);
        reply.code(201).header('location', `/api/v1/saved-views/${view.id}`);
        return view;
      }),
  );
  api.patch(
    '/saved-views/:id',
    {
      schema: {
        summary: 'Change a saved view',
        tags,
        params: idParams,
        body: savedViewPatch,
        response: { 200: savedView },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => changeView(ctx, request.params.id, request.body)),
  );
  api.delete(
    '/saved-views/:id',
    { schema: { summary: 'Remove a saved view', tags, params: idParams, response: { 204: z.null() } } },
    async (request, reply) => {
      await forCaller(deps, request, reply, (ctx) => deleteView(ctx, request.params.id));
      return reply.code(204).send(null);
    },
  );
};
