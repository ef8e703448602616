import {
  createOperationInput,
  listOperationRowsQuery,
  listOperationsQuery,
  operation,
  operationPreview,
  operationRow,
} from '@rollcall/contract/operations';
import { idParams, pageOf } from '@rollcall/contract/paging';
import { asCaller, forCaller } from '../../edge/authenticate-request.ts';
import { previewAsCaller, rollBackTo } from '../../edge/roll-back.ts';
import type { Routes } from '../../edge/routes.ts';
import { AppError } from '../../platform/errors.ts';
import { writeCsv } from '../../platform/tabular/write-csv.ts';
import { cancelOperation } from './cancel-operation.ts';
import { createOperation } from './create-operation.ts';
import { exportOperationRows } from './export-operation-rows.ts';
import { previewOperation } from './preview-operation.ts';
import { listOperationRows, listOperations, readOperation } from './read-operations.ts';

const tags = ['Bulk actions'];

export const operationRoutes: Routes = (api, deps) => {
  api.post(
    '/operations',
    {
      schema: {
        summary: 'Preview or start a bulk action',
        tags,
        body: createOperationInput,
        response: { 200: operationPreview, 201: operation },
      },
    },
    (request, reply) => {
      const { preview, digest } = request.body;
      if (preview)
        return previewAsCaller(
          deps,
          request,
          async (ctx) => (await previewOperation(ctx, request.body)).preview,
        );
      return forCaller(deps, request, reply, async (ctx) => {
        const confirmed =
          digest === undefined ? undefined : await rollBackTo(ctx, () => previewOperation(ctx, request.body));
        if (confirmed && confirmed.preview.digest !== digest) {
          throw new AppError('preview_drifted', {
            detail: 'What would happen has changed since you looked. Nothing was done: look at it again.',
            context: { current: confirmed.preview },
          });
        }
        const id = await createOperation(ctx, request.body, confirmed?.userIds);
        reply.code(201).header('location', `/api/v1/operations/${id}`);
        return readOperation(ctx, id);
      });
    },
  );
  api.get(
    '/operations',
    {
      schema: {
        summary: 'List bulk actions',
        tags,
        querystring: listOperationsQuery,
        response: { 200: pageOf(operation) },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => listOperations(ctx, request.query)),
  );
  api.get(
    '/operations/:id',
    {
      schema: {
        summary: 'A bulk action and its progress',
        tags,
        params: idParams,
        response: { 200: operation },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => readOperation(ctx, request.params.id)),
  );
  api.get(
    '/operations/:id/rows',
    {
      schema: {
        summary: 'What became of each agent',
        tags,
        params: idParams,
        querystring: listOperationRowsQuery,
        response: { 200: pageOf(operationRow) },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => listOperationRows(ctx, request.params.id, request.query)),
  );
  api.get(
    '/operations/:id/rows/export',
    { schema: { summary: 'What became of each agent, as CSV', tags, params: idParams } },
    async (request, reply) => {
      const rows = await exportOperationRows((work) => asCaller(deps, request, work), request.params.id);
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="bulk-action.csv"')
        .send(writeCsv(rows, { byteOrderMark: true }));
    },
  );
  api.post(
    '/operations/:id/cancel',
    {
      schema: { summary: 'Cancel a bulk action', tags, params: idParams, response: { 200: operation } },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => cancelOperation(ctx, request.params.id)),
  );
};
