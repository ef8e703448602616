import { idParams } from '@rollcall/contract/paging';
import { endedCount, sessionList } from '@rollcall/contract/sessions';
import { z } from 'zod';
import { forCaller, withCaller } from '../../edge/authenticate-request.ts';
import type { Routes } from '../../edge/routes.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { endOneSession, endSessions } from './end-sessions.ts';
import { listSessions } from './list-sessions.ts';
import { requirePerson } from './require-person.ts';
import { requireUser } from './require-user.ts';

const tags = ['Sessions'];
const nothing = z.undefined();
const sessionOfUser = idParams.extend({ sessionId: z.uuid() });

/** One's own sessions, and for administrators those of a user. */
export const sessionListRoutes: Routes = (api, deps) => {
  api.get(
    '/sessions',
    { schema: { summary: 'List one’s own sessions', tags, response: { 200: sessionList } } },
    withCaller(deps, async (ctx) => ({ items: await listSessions(ctx, requirePerson(ctx).userId) })),
  );

  api.delete(
    '/sessions',
    { schema: { summary: 'End all one’s other sessions', tags, response: { 200: endedCount } } },
    withCaller(deps, async (ctx) => {
      const { userId, sessionId } = requirePerson(ctx);
      return { ended: (await endSessions(ctx, { userId, except: sessionId }, 'ended_by_user')).length };
    }),
  );

  api.delete(
    '/sessions/:id',
    {
      schema: {
        summary: 'End one of one’s own sessions',
        tags,
        params: idParams,
        response: { 204: nothing },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const { userId } = requirePerson(ctx);
        await endOneSession(ctx, { userId, only: request.params.id }, 'ended_by_user');
        reply.code(204);
      }),
  );

  api.get(
    '/users/:id/sessions',
    {
      schema: {
        summary: 'List the sessions of a user',
        tags,
        params: idParams,
        response: { 200: sessionList },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        await requireOthers(ctx, request.params.id);
        return { items: await listSessions(ctx, request.params.id) };
      }),
  );

  api.delete(
    '/users/:id/sessions',
    {
      schema: {
        summary: 'End all sessions of a user',
        tags,
        params: idParams,
        response: { 200: endedCount },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        await requireOthers(ctx, request.params.id);
        const ended = await endSessions(ctx, { userId: request.params.id }, 'ended_by_administrator');
        return { ended: ended.length };
      }),
  );

  api.delete(
    '/users/:id/sessions/:sessionId',
    {
      schema: { summary: 'End a session of a user', tags, params: sessionOfUser, response: { 204: nothing } },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const { id, sessionId } = request.params;
        await requireOthers(ctx, id);
        await endOneSession(ctx, { userId: id, only: sessionId }, 'ended_by_administrator');
        reply.code(204);
      }),
  );
};

async function requireOthers(ctx: Context, userId: string): Promise<void> {
  requirePermission(ctx, 'sessions:end');
  await requireUser(ctx, userId);
}
