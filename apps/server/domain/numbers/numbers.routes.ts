import {
  createNumberInput,
  listNumbersQuery,
  numberView,
  updateNumberInput,
} from '@rollcall/contract/numbers';
import { idParams, pageOf } from '@rollcall/contract/paging';
import { z } from 'zod';
import { forCaller } from '../../edge/authenticate-request.ts';
import { etagOf, readIfMatch } from '../../edge/if-match.ts';
import type { Routes } from '../../edge/routes.ts';
import { createNumber } from './create-number.ts';
import { deleteNumber } from './delete-number.ts';
import { listNumbers } from './list-numbers.ts';
import { readNumber } from './read-number.ts';
import { updateNumber } from './update-number.ts';

const tags = ['Numbers'];

export const numberRoutes: Routes = (api, deps) => {
  api.get(
    '/numbers',
    {
      schema: {
        summary: 'List numbers',
        tags,
        querystring: listNumbersQuery,
        response: { 200: pageOf(numberView) },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => listNumbers(ctx, request.query)),
  );
  api.post(
    '/numbers',
    { schema: { summary: 'Add a number', tags, body: createNumberInput, response: { 201: numberView } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const number = await createNumber(ctx, request.body);
        reply
          .code(201)
          .header('location', `/api/v1/numbers/${number.id}`)
          .header('etag', etagOf(number.version));
        return number;
      }),
  );
  api.get(
    '/numbers/:id',
    { schema: { summary: 'A number', tags, params: idParams, response: { 200: numberView } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const number = await readNumber(ctx, request.params.id);
        reply.header('etag', etagOf(number.version));
        return number;
      }),
  );
  api.patch(
    '/numbers/:id',
    {
      schema: {
        summary: 'Label, assign or free a number',
        tags,
        params: idParams,
        body: updateNumberInput,
        response: { 200: numberView },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const number = await updateNumber(ctx, request.params.id, request.body, readIfMatch(request));
        reply.header('etag', etagOf(number.version));
        return number;
      }),
  );
  api.delete(
    '/numbers/:id',
    { schema: { summary: 'Remove a number', tags, params: idParams, response: { 204: z.null() } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        await deleteNumber(ctx, request.params.id);
        reply.code(204);
        return null;
      }),
  );
};
