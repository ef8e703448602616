import multipart from '@fastify/multipart';
import { TEMPLATE_COLUMNS } from '@rollcall/contract/import-columns';
import {
  applyImportInput,
  importRow,
  importSummary,
  importUndoPreview,
  importView,
  listImportRowsQuery,
  undoImportInput,
  updateImportInput,
  uploadImportQuery,
} from '@rollcall/contract/imports';
import { idParams, pageOf, pageQuery } from '@rollcall/contract/paging';
import type { FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { asCaller, forCaller } from '../../edge/authenticate-request.ts';
import type { Api, Routes } from '../../edge/routes.ts';
import { DEFAULT_TABLE_LIMITS } from '../../platform/tabular/table-error.ts';
import { writeCsv } from '../../platform/tabular/write-csv.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { applyImport } from './apply-import.ts';
import { createImport } from './create-import.ts';
import { exportImportRows, exportRefusedRows } from './export-import-rows.ts';
import { listImportRows } from './list-import-rows.ts';
import { previewImport } from './preview-import.ts';
import { previewUndo } from './preview-undo.ts';
import { listImports, readImport } from './read-import.ts';
import { receiveFile } from './receive-file.ts';
import { undoImport } from './undo-import.ts';
import { updateImport } from './update-import.ts';

const tags = ['Imports'];
type Deps = Parameters<Routes>[1];

export const importRoutes: Routes = (api, deps) => {
  api.register(async (scope) => {
    await scope.register(
      multipart as never,
      {
        throwFileSizeLimit: false,
        limits: { files: 1, fields: 10, fileSize: DEFAULT_TABLE_LIMITS.bytes },
      } as never,
    );
    uploads(scope.withTypeProvider<ZodTypeProvider>() as Api, deps);
  });
  reading(api, deps);
  running(api, deps);
};

function uploads(api: Api, deps: Deps) {
  api.post(
    '/imports',
    {
      schema: {
        summary: 'Upload a file of agents',
        description:
          'CSV or XLSX, as multipart/form-data in the field “file”. Nothing happens to anybody yet.',
        tags,
        consumes: ['multipart/form-data'],
        querystring: uploadImportQuery,
        response: { 201: importView },
      },
    },
    async (request, reply) => {
      // Before the file is taken in, and in a transaction that does not wait for it.
      await asCaller(deps, request, async (ctx) => requirePermission(ctx, 'users:create'));
      const { sha256, ...received } = await receiveFile(await request.file());
      request.body = { fileName: received.fileName, sha256 };
      return forCaller(deps, request, reply, async (ctx) => {
        const id = await createImport(ctx, { ...received, ...request.query });
        reply.code(201).header('location', `/api/v1/imports/${id}`);
        return readImport(ctx, id);
      });
    },
  );
}

function reading(api: Api, deps: Deps) {
  api.get(
    '/imports',
    {
      schema: {
        summary: 'List imports',
        tags,
        querystring: pageQuery,
        response: { 200: pageOf(importSummary) },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => listImports(ctx, request.query)),
  );
  api.get(
    '/imports/template.csv',
    { schema: { summary: 'An empty file with all columns', tags } },
    (_, reply) => sendCsv(reply, 'agents-template.csv', [TEMPLATE_COLUMNS]),
  );
  api.get(
    '/imports/:id',
    { schema: { summary: 'An import', tags, params: idParams, response: { 200: importView } } },
    (request, reply) => forCaller(deps, request, reply, (ctx) => readImport(ctx, request.params.id)),
  );
  api.get(
    '/imports/:id/rows',
    {
      schema: {
        summary: 'What becomes of each row',
        tags,
        params: idParams,
        querystring: listImportRowsQuery,
        response: { 200: pageOf(importRow) },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => listImportRows(ctx, request.params.id, request.query)),
  );
  api.get(
    '/imports/:id/undo/preview',
    {
      schema: {
        summary: 'What undoing an import would do',
        tags,
        params: idParams,
        response: { 200: importUndoPreview },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => previewUndo(ctx, request.params.id)),
  );
  const csv = (file: 'preview' | 'refused', summary: string, rows: typeof exportImportRows) =>
    api.get(
      `/imports/:id/${file}.csv`,
      { schema: { summary, tags, params: idParams } },
      async (request, reply) =>
        sendCsv(
          reply,
          `import-${file}.csv`,
          await rows((work) => asCaller(deps, request, work), request.params.id),
        ),
    );
  csv('preview', 'All rows with what becomes of them, as CSV', exportImportRows);
  csv('refused', 'The refused rows, to correct and import again, as CSV', exportRefusedRows);
}

function running(api: Api, deps: Deps) {
  api.patch(
    '/imports/:id',
    {
      schema: {
        summary: 'Choose what the columns are and what the import does',
        tags,
        params: idParams,
        body: updateImportInput,
        response: { 200: importView },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        await updateImport(ctx, request.params.id, request.body);
        return readImport(ctx, request.params.id);
      }),
  );
  const step = { 200: importView, 202: importView };
  api.post(
    '/imports/:id/preview',
    { schema: { summary: 'Preview an import', tags, params: idParams, response: step } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const ended = await previewImport(ctx, request.params.id);
        reply.code(ended ? 200 : 202);
        return readImport(ctx, request.params.id);
      }),
  );
  const accept = async (ctx: Context, reply: FastifyReply, id: string) => {
    reply.code(202);
    return readImport(ctx, id);
  };
  api.post(
    '/imports/:id/apply',
    {
      schema: {
        summary: 'Apply what was previewed',
        tags,
        params: idParams,
        body: applyImportInput,
        response: step,
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        await applyImport(ctx, request.params.id, request.body);
        return accept(ctx, reply, request.params.id);
      }),
  );
  api.post(
    '/imports/:id/undo',
    { schema: { summary: 'Undo an import', tags, params: idParams, body: undoImportInput, response: step } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        await undoImport(ctx, request.params.id, request.body);
        return accept(ctx, reply, request.params.id);
      }),
  );
}

function sendCsv(reply: FastifyReply, fileName: string, rows: Parameters<typeof writeCsv>[0]) {
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .send(writeCsv(rows, { byteOrderMark: true }));
}
