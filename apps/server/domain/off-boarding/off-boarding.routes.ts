import {
  deactivateUserInput,
  exportOffBoardingsQuery,
  listOffBoardingsQuery,
  offBoarding,
  offBoardingPreview,
  offBoardingRow,
  offBoardingTaskParams,
  previewOffBoardingInput,
  previewOffBoardingQuery,
  reactivatedUser,
  reactivateUserInput,
  reactivationOffer,
  tickOffTaskInput,
} from '@rollcall/contract/off-boarding';
import { idParams, pageOf } from '@rollcall/contract/paging';
import { z } from 'zod';
import { asCaller, forCaller } from '../../edge/authenticate-request.ts';
import { inContext } from '../../edge/in-context.ts';
import { previewAsCaller } from '../../edge/roll-back.ts';
import type { Routes } from '../../edge/routes.ts';
import { AppError } from '../../platform/errors.ts';
import { writeCsv } from '../../platform/tabular/write-csv.ts';
import { unwrap } from '../outcome.ts';
import { deactivateUser } from './deactivate-user.ts';
import { exportOffBoardings } from './export-off-boardings.ts';
import { listOffBoardings } from './list-off-boardings.ts';
import { offerReactivation } from './offer-reactivation.ts';
import { previewOffBoarding } from './preview-off-boarding.ts';
import { reactivateUsers } from './reactivate-users.ts';
import { readOffBoarding, readOffBoardingsOfUser, selectOffBoardings } from './read-off-boarding.ts';
import { tickOffTask } from './tick-off-task.ts';
import { verifyOffBoardings } from './verify-off-boardings.ts';

const tags = ['Off-boarding'];

export const offBoardingRoutes: Routes = (api, deps) => {
  api.get(
    '/users/:id/off-boarding/preview',
    {
      schema: {
        summary: 'What deactivating an agent would end',
        tags,
        params: idParams,
        querystring: previewOffBoardingQuery,
        response: { 200: offBoardingPreview },
      },
    },
    (request) =>
      previewAsCaller(deps, request, async (ctx) => {
        const { successorId } = request.query;
        const preview = await previewOffBoarding(ctx, [request.params.id], { successorId });
        const refusal = preview.users[0]?.refusal;
        if (refusal?.code === 'not_found') throw new AppError('not_found', { detail: refusal.detail });
        return preview;
      }),
  );
  api.post(
    '/off-boardings/preview',
    {
      schema: {
        summary: 'What deactivating several agents would end',
        tags,
        body: previewOffBoardingInput,
        response: { 200: offBoardingPreview },
      },
    },
    (request) =>
      previewAsCaller(deps, request, (ctx) =>
        previewOffBoarding(ctx, [...new Set(request.body.userIds)], request.body),
      ),
  );
  api.post(
    '/users/:id/deactivate',
    {
      schema: {
        summary: 'Deactivate an agent',
        tags,
        params: idParams,
        body: deactivateUserInput,
        response: { 200: offBoarding },
      },
    },
    async (request, reply) => {
      const { id, organizationId } = await forCaller(deps, request, reply, async (ctx) => ({
        id: await deactivateUser(ctx, request.params.id, request.body),
        organizationId: ctx.organizationId,
      }));
      // A transaction of its own, and not the caller's: who deactivates themselves may not ask any more.
      return inContext(
        deps,
        { organizationId, requestId: request.id, actor: { kind: 'system', name: 'Rollcall', ip: null } },
        async (ctx) => {
          await verifyOffBoardings(ctx, [id]);
          return (await selectOffBoardings(ctx, { id }))[0]!;
        },
      );
    },
  );
  api.get(
    '/users/:id/off-boardings',
    {
      schema: {
        summary: 'An agent’s off-boarding records',
        tags,
        params: idParams,
        response: { 200: z.object({ items: z.array(offBoarding) }) },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => ({
        items: await readOffBoardingsOfUser(ctx, request.params.id),
      })),
  );
  api.get(
    '/users/:id/reactivation',
    {
      schema: {
        summary: 'What to choose from to reactivate an agent',
        tags,
        params: idParams,
        response: { 200: reactivationOffer },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => offerReactivation(ctx, request.params.id)),
  );
  api.post(
    '/users/:id/reactivate',
    {
      schema: {
        summary: 'Reactivate an agent',
        tags,
        params: idParams,
        body: reactivateUserInput,
        response: { 200: reactivatedUser },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const { reason, ...choice } = request.body;
        const { ok: _, ...user } = unwrap(
          await reactivateUsers(ctx, [{ userId: request.params.id, ...choice }], { reason }),
        );
        return user;
      }),
  );
  api.get(
    '/off-boardings',
    {
      schema: {
        summary: 'The register of leavers',
        tags,
        querystring: listOffBoardingsQuery,
        response: { 200: pageOf(offBoardingRow) },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => listOffBoardings(ctx, request.query)),
  );
  api.get(
    '/off-boardings/export',
    { schema: { summary: 'The register of leavers as CSV', tags, querystring: exportOffBoardingsQuery } },
    async (request, reply) => {
      const rows = await exportOffBoardings((work) => asCaller(deps, request, work), request.query);
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="leavers.csv"')
        .send(writeCsv(rows, { byteOrderMark: true }));
    },
  );
  api.get(
    '/off-boardings/:id',
    {
      schema: {
        summary: 'An off-boarding record',
        tags,
        params: idParams,
        response: { 200: offBoarding },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => readOffBoarding(ctx, request.params.id)),
  );
  api.patch(
    '/off-boardings/:id/tasks/:key',
    {
      schema: {
        summary: 'Tick off what was left to do by hand',
        tags,
        params: offBoardingTaskParams,
        body: tickOffTaskInput,
        response: { 200: offBoarding },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => tickOffTask(ctx, { ...request.params, ...request.body })),
  );
};
