import { idParams } from '@rollcall/contract/paging';
import {
  availabilityView,
  changeRoleInput,
  setAvailabilityInput,
  signInDiagnosis,
  updateUserInput,
  userHistory,
  userHistoryQuery,
  userProfile,
} from '@rollcall/contract/users';
import type { FastifyReply } from 'fastify';
import { forCaller } from '../../edge/authenticate-request.ts';
import { etagOf, readIfMatch } from '../../edge/if-match.ts';
import type { Routes } from '../../edge/routes.ts';
import { actingUserId, type Context } from '../context.ts';
import { unwrap } from '../outcome.ts';
import { changeRoles } from './change-roles.ts';
import { diagnoseSignIn } from './diagnose-sign-in.ts';
import { noSuchUser, readProfile, readUser } from './read-user.ts';
import { readUserHistory } from './read-user-history.ts';
import { readAvailability, setAvailability } from './set-availability.ts';
import { updateUser } from './update-user.ts';

const tags = ['Users'];

function withEtag<T extends { version: number }>(reply: FastifyReply, user: T): T {
  reply.header('etag', etagOf(user.version));
  return user;
}

/** The user whom the caller is, or whose key it uses. */
function ownId(ctx: Context): string {
  const id = actingUserId(ctx.actor);
  if (id === null) throw noSuchUser();
  return id;
}

export const userProfileRoutes: Routes = (api, deps) => {
  api.get(
    '/users/:id',
    { schema: { summary: 'An agent’s profile', tags, params: idParams, response: { 200: userProfile } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => withEtag(reply, await readUser(ctx, request.params.id))),
  );
  api.patch(
    '/users/:id',
    {
      schema: {
        summary: 'Change an agent, from the version given in If-Match',
        tags,
        params: idParams,
        body: updateUserInput,
        response: { 200: userProfile },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) =>
        withEtag(reply, await updateUser(ctx, request.params.id, request.body, readIfMatch(request))),
      ),
  );
  api.put(
    '/users/:id/role',
    {
      schema: {
        summary: 'Give an agent another role; the organization may require a reason',
        tags,
        params: idParams,
        body: changeRoleInput,
        response: { 200: userProfile },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const { id } = request.params;
        const { reason, ...change } = request.body;
        unwrap(await changeRoles(ctx, [{ userId: id, ...change }], reason === undefined ? {} : { reason }));
        return withEtag(reply, await readProfile(ctx, id));
      }),
  );
  api.get(
    '/users/:id/sign-in-diagnosis',
    {
      schema: {
        summary: 'Why can’t this person sign in?',
        tags,
        params: idParams,
        response: { 200: signInDiagnosis },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => diagnoseSignIn(ctx, request.params.id)),
  );
  api.get(
    '/users/:id/history',
    {
      schema: {
        summary: 'An agent’s details, roles and groups as they were',
        tags,
        params: idParams,
        querystring: userHistoryQuery,
        response: { 200: userHistory },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => readUserHistory(ctx, request.params.id, request.query.at)),
  );
  const availability = { tags, body: setAvailabilityInput, response: { 200: availabilityView } };
  api.put(
    '/users/:id/availability',
    { schema: { summary: 'Say whether an agent takes calls', params: idParams, ...availability } },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => setAvailability(ctx, request.params.id, request.body)),
  );
  api.get(
    '/me/availability',
    { schema: { summary: 'Whether one takes calls', tags, response: { 200: availabilityView } } },
    (request, reply) => forCaller(deps, request, reply, (ctx) => readAvailability(ctx, ownId(ctx))),
  );
  api.put(
    '/me/availability',
    { schema: { summary: 'Say whether one takes calls', ...availability } },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => setAvailability(ctx, ownId(ctx), request.body)),
  );
};
