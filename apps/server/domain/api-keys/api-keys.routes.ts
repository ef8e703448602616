import { apiKeyPage, apiKeyQuery, createApiKeyInput, createdApiKey } from '@rollcall/contract/api-keys';
import { idParams, pageQuery } from '@rollcall/contract/paging';
import { z } from 'zod';
import { forCaller } from '../../edge/authenticate-request.ts';
import type { Routes } from '../../edge/routes.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { requirePerson } from '../sessions/require-person.ts';
import { requireUser } from '../sessions/require-user.ts';
import { createApiKey } from './create-api-key.ts';
import { listApiKeys } from './list-api-keys.ts';
import { revokeApiKey } from './revoke-api-key.ts';

const tags = ['API keys'];
const nothing = z.undefined();
const keyOfUser = idParams.extend({ keyId: z.uuid() });

/** One's own keys, and for administrators those of others. */
export const apiKeyRoutes: Routes = (api, deps) => {
  api.get(
    '/api-keys',
    { schema: { summary: 'List API keys', tags, querystring: apiKeyQuery, response: { 200: apiKeyPage } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const { owner, ...page } = request.query;
        if (owner === 'all') requirePermission(ctx, 'sessions:end');
        return listApiKeys(ctx, { userId: owner === 'all' ? null : requirePerson(ctx).userId, ...page });
      }),
  );

  api.post(
    '/api-keys',
    {
      schema: {
        summary: 'Make an API key; its secret is told once',
        tags,
        body: createApiKeyInput,
        response: { 201: createdApiKey },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const key = await createApiKey(ctx, request.body);
        reply.code(201).header('location', `/api/v1/api-keys/${key.id}`);
        return key;
      }),
  );

  api.delete(
    '/api-keys/:id',
    { schema: { summary: 'Revoke one’s own API key', tags, params: idParams, response: { 204: nothing } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        await revokeApiKey(ctx, { id: request.params.id, userId: requirePerson(ctx).userId });
        reply.code(204);
      }),
  );

  api.get(
    '/users/:id/api-keys',
    {
      schema: {
        summary: 'List the API keys of a user',
        tags,
        params: idParams,
        querystring: pageQuery,
        response: { 200: apiKeyPage },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        await requireOthers(ctx, request.params.id);
        return listApiKeys(ctx, { userId: request.params.id, ...request.query });
      }),
  );

  api.delete(
    '/users/:id/api-keys/:keyId',
    {
      schema: { summary: 'Revoke an API key of a user', tags, params: keyOfUser, response: { 204: nothing } },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const { id, keyId } = request.params;
        await requireOthers(ctx, id);
        await revokeApiKey(ctx, { id: keyId, userId: id });
        reply.code(204);
      }),
  );
};

async function requireOthers(ctx: Context, userId: string): Promise<void> {
  requirePermission(ctx, 'sessions:end');
  await requireUser(ctx, userId);
}
