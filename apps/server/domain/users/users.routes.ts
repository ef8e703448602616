import { pageOf } from '@rollcall/contract/paging';
import { createdUser, createUserInput } from '@rollcall/contract/users';
import {
  countUsersQuery,
  departmentList,
  exportUsersQuery,
  listUsersQuery,
  userCount,
  userRow,
} from '@rollcall/contract/users-list';
import { asCaller, forCaller } from '../../edge/authenticate-request.ts';
import type { Routes } from '../../edge/routes.ts';
import { writeCsv } from '../../platform/tabular/write-csv.ts';
import { createUser } from './create-user.ts';
import { exportUsers } from './export-users.ts';
import { listDepartments } from './list-departments.ts';
import { countUsers, listUsers } from './list-users.ts';

const tags = ['Users'];

export const userRoutes: Routes = (api, deps) => {
  api.post(
    '/users',
    { schema: { summary: 'Add an agent', tags, body: createUserInput, response: { 201: createdUser } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const user = await createUser(ctx, request.body);
        reply.code(201).header('location', `/api/v1/users/${user.id}`);
        return user;
      }),
  );
  api.get(
    '/users',
    {
      schema: {
        summary: 'List agents',
        tags,
        querystring: listUsersQuery,
        response: { 200: pageOf(userRow) },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => listUsers(ctx, request.query)),
  );
  api.get(
    '/users/count',
    { schema: { summary: 'Count agents', tags, querystring: countUsersQuery, response: { 200: userCount } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => ({ count: await countUsers(ctx, request.query) })),
  );
  api.get(
    '/users/departments',
    {
      schema: { summary: 'The departments that agents are in', tags, response: { 200: departmentList } },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => ({ items: await listDepartments(ctx) })),
  );
  api.get(
    '/users/export',
    { schema: { summary: 'Export agents as CSV', tags, querystring: exportUsersQuery } },
    async (request, reply) => {
      const rows = await exportUsers((work) => asCaller(deps, request, work), request.query);
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="agents.csv"')
        .send(writeCsv(rows, { byteOrderMark: true }));
    },
  );
};
