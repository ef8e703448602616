import { idParams } from '@rollcall/contract/paging';
import {
  webhook,
  webhookCreated,
  webhookInput,
  webhookList,
  webhookPatch,
  webhookReplay,
  webhookTestResult,
} from '@rollcall/contract/webhooks';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { asCaller, forCaller, withCaller } from '../../edge/authenticate-request.ts';
import type { Routes } from '../../edge/routes.ts';
import { createAddressGuard } from '../../platform/network/address-guard.ts';
import { requirePermission } from '../access/require-permission.ts';
import { deleteWebhook, getWebhook, listWebhooks, replayWebhook, updateWebhook } from './change-webhook.ts';
import { requireReachableAddress } from './check-address.ts';
import { createWebhook, rotateWebhookSecret } from './create-webhook.ts';
import { readDestination, testDestination } from './test-webhook.ts';

export const webhookRoutes: Routes = (api, deps) => {
  const tags = ['Webhooks'];
  const guard = createAddressGuard(deps.installation.privateNetworks ?? []);

  /** The name is looked up between two transactions: none is open during a network call, and no stranger causes one. */
  async function checkAddress(request: FastifyRequest, url: string | undefined): Promise<void> {
    if (url === undefined) return;
    await asCaller(deps, request, async (ctx) => requirePermission(ctx, 'webhooks:manage'));
    await requireReachableAddress(guard, url);
  }

  api.get(
    '/webhooks',
    { schema: { summary: 'Webhooks and syslog streams', tags, response: { 200: webhookList } } },
    withCaller(deps, listWebhooks),
  );

  api.post(
    '/webhooks',
    {
      schema: {
        summary: 'Add a webhook or syslog stream',
        description: 'The signing secret (Standard Webhooks) is in this answer and in no other.',
        tags,
        body: webhookInput,
        response: { 201: webhookCreated },
      },
    },
    async (request, reply) => {
      await checkAddress(request, request.body.url);
      return forCaller(deps, request, reply, async (ctx) => {
        const created = await createWebhook(ctx, request.body);
        reply.code(201).header('location', `/api/v1/webhooks/${created.id}`);
        return created;
      });
    },
  );

  api.get(
    '/webhooks/:id',
    { schema: { summary: 'One webhook', tags, params: idParams, response: { 200: webhook } } },
    (request) => asCaller(deps, request, (ctx) => getWebhook(ctx, request.params.id)),
  );

  api.patch(
    '/webhooks/:id',
    {
      schema: {
        summary: 'Change, switch off or on',
        tags,
        params: idParams,
        body: webhookPatch,
        response: { 200: webhook },
      },
    },
    async (request) => {
      await checkAddress(request, request.body.url);
      return asCaller(deps, request, (ctx) => updateWebhook(ctx, request.params.id, request.body));
    },
  );

  api.delete(
    '/webhooks/:id',
    { schema: { summary: 'Remove', tags, params: idParams, response: { 204: z.null() } } },
    async (request, reply) => {
      await asCaller(deps, request, (ctx) => deleteWebhook(ctx, request.params.id));
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/webhooks/:id/rotate-secret',
    {
      schema: {
        summary: 'Make a new signing secret',
        tags,
        params: idParams,
        response: { 200: webhookCreated },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => rotateWebhookSecret(ctx, request.params.id)),
  );

  api.post(
    '/webhooks/:id/test',
    {
      schema: {
        summary: 'Send a test message now',
        tags,
        params: idParams,
        response: { 200: webhookTestResult },
      },
    },
    async (request) => {
      const destination = await asCaller(deps, request, (ctx) => readDestination(ctx, request.params.id));
      return testDestination(destination, deps.clock);
    },
  );

  api.post(
    '/webhooks/:id/replay',
    {
      schema: {
        summary: 'Deliver again: everything after a seq, or one event',
        tags,
        params: idParams,
        body: webhookReplay,
        response: { 202: webhook },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => {
        reply.code(202);
        return replayWebhook(ctx, request.params.id, request.body);
      }),
  );
};
