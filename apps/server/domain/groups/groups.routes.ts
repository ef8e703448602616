import {
  changeMembersInput,
  createGroupInput,
  groupMember,
  groupRow,
  groupView,
  listGroupsQuery,
  membersChange,
  orderMembersInput,
  updateGroupInput,
} from '@rollcall/contract/groups';
import { idParams, pageOf, pageQuery } from '@rollcall/contract/paging';
import { z } from 'zod';
import { forCaller } from '../../edge/authenticate-request.ts';
import { etagOf, readIfMatch } from '../../edge/if-match.ts';
import { previewAsCaller } from '../../edge/roll-back.ts';
import type { Routes } from '../../edge/routes.ts';
import { changeGroup } from './change-group.ts';
import { createGroup } from './create-group.ts';
import { deleteGroup } from './delete-group.ts';
import { listGroups } from './list-groups.ts';
import { listMembers } from './list-members.ts';
import { orderMembers } from './order-members.ts';
import { readGroup } from './read-group.ts';
import { updateGroup } from './update-group.ts';

const tags = ['Groups'];

export const groupRoutes: Routes = (api, deps) => {
  api.get(
    '/groups',
    {
      schema: {
        summary: 'List groups',
        tags,
        querystring: listGroupsQuery,
        response: { 200: pageOf(groupRow) },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => listGroups(ctx, request.query)),
  );
  api.post(
    '/groups',
    { schema: { summary: 'Add a group', tags, body: createGroupInput, response: { 201: groupView } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const group = await createGroup(ctx, request.body);
        reply
          .code(201)
          .header('location', `/api/v1/groups/${group.id}`)
          .header('etag', etagOf(group.version));
        return group;
      }),
  );
  api.get(
    '/groups/:id',
    { schema: { summary: 'A group', tags, params: idParams, response: { 200: groupView } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const group = await readGroup(ctx, request.params.id);
        reply.header('etag', etagOf(group.version));
        return group;
      }),
  );
  api.patch(
    '/groups/:id',
    {
      schema: {
        summary: 'Change a group',
        tags,
        params: idParams,
        body: updateGroupInput,
        response: { 200: groupView },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const group = await updateGroup(ctx, request.params.id, request.body, readIfMatch(request));
        reply.header('etag', etagOf(group.version));
        return group;
      }),
  );
  api.delete(
    '/groups/:id',
    { schema: { summary: 'Remove a group', tags, params: idParams, response: { 204: z.null() } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        await deleteGroup(ctx, request.params.id);
        reply.code(204);
        return null;
      }),
  );
  api.get(
    '/groups/:id/members',
    {
      schema: {
        summary: 'The members of a group in their order',
        tags,
        params: idParams,
        querystring: pageQuery,
        response: { 200: pageOf(groupMember) },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => listMembers(ctx, request.params.id, request.query)),
  );
  api.post(
    '/groups/:id/members',
    {
      schema: {
        summary: 'Add members to a group and remove others',
        tags,
        params: idParams,
        body: changeMembersInput,
        response: { 200: membersChange },
      },
    },
    (request, reply) =>
      request.body.preview
        ? previewAsCaller(deps, request, (ctx) => changeGroup(ctx, request.params.id, request.body))
        : forCaller(deps, request, reply, (ctx) => changeGroup(ctx, request.params.id, request.body)),
  );
  api.put(
    '/groups/:id/members/order',
    {
      schema: {
        summary: 'Order the members of a group',
        tags,
        params: idParams,
        body: orderMembersInput,
        response: { 200: groupView },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => orderMembers(ctx, request.params.id, request.body.userIds)),
  );
};
