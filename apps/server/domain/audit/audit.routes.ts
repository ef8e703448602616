import { auditCheckpoint, auditEvent, auditExportQuery, auditQuery } from '@rollcall/contract/audit';
import { idParams, pageOf } from '@rollcall/contract/paging';
import { asCaller } from '../../edge/authenticate-request.ts';
import { inContext } from '../../edge/in-context.ts';
import type { Routes } from '../../edge/routes.ts';
import { requirePermission } from '../access/require-permission.ts';
import { makeCheckpoint } from './checkpoints.ts';
import { startAuditExport, writeAuditExport } from './export-audit.ts';
import { listAudit, readAuditEvent } from './list-audit.ts';

export const auditRoutes: Routes = (api, deps) => {
  const tags = ['Audit'];

  api.get(
    '/audit',
    {
      schema: {
        summary: 'The audit log, newest first',
        tags,
        querystring: auditQuery,
        response: { 200: pageOf(auditEvent) },
      },
    },
    (request) => asCaller(deps, request, (ctx) => listAudit(ctx, request.query)),
  );

  api.get(
    '/audit/export',
    {
      schema: {
        summary: 'The audit log as CSV or JSON lines',
        tags,
        querystring: auditExportQuery,
        produces: ['text/csv', 'application/x-ndjson'],
      },
    },
    async (request, reply) => {
      const { format, ...filters } = request.query;
      const { organizationId, actor } = await asCaller(deps, request, async (ctx) => {
        await startAuditExport(ctx, format, filters);
        return ctx;
      });
      const file = writeAuditExport(
        (work) => inContext(deps, { organizationId, actor, requestId: request.id }, work),
        format,
        filters,
      );
      const name = `audit-${deps.clock().toISOString().slice(0, 10)}.${format}`;
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
        .send(file);
    },
  );

  api.get(
    '/audit/checkpoint',
    {
      schema: {
        summary: 'Where the sealed chain stands now, signed, to be kept outside',
        tags,
        response: { 200: auditCheckpoint },
      },
    },
    async (request) => {
      const organizationId = await asCaller(deps, request, async (ctx) => {
        requirePermission(ctx, 'audit:read');
        return ctx.organizationId;
      });
      return deps.db.ownerTransaction((tx) =>
        makeCheckpoint(tx, deps.installation.encryption, organizationId, deps.clock()),
      );
    },
  );

  api.get(
    '/audit/:id',
    { schema: { summary: 'One event', tags, params: idParams, response: { 200: auditEvent } } },
    (request) => asCaller(deps, request, (ctx) => readAuditEvent(ctx, request.params.id)),
  );
};
