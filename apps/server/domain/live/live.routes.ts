import { auditStreamQuery } from '@rollcall/contract/audit';
import { asCaller } from '../../edge/authenticate-request.ts';
import { openStream } from '../../edge/open-stream.ts';
import type { Routes } from '../../edge/routes.ts';
import { requirePermission } from '../access/require-permission.ts';
import { followAudit } from './follow-audit.ts';
import { lastEventId } from './last-event-id.ts';
import { openLiveHub } from './open-live-hub.ts';
import { readCaller } from './read-caller.ts';
import { sendChanges } from './send-changes.ts';

export const liveRoutes: Routes = (api, deps) => {
  const hub = openLiveHub({ ...deps, onError: (error) => api.log.error({ err: error }, 'live streams') });
  api.addHook('preClose', () => hub.closeAll());

  api.get(
    '/events',
    {
      schema: {
        summary: 'Live changes, as server-sent events',
        description: 'Goes on after `Last-Event-ID`. Ends at once when the session, key or user does.',
        tags: ['Audit'],
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const after = lastEventId(request.headers['last-event-id']);
      const caller = await asCaller(deps, request, readCaller);
      await sendChanges(hub, caller, after, (onClose) =>
        openStream(request, reply, 'text/event-stream; charset=utf-8', onClose),
      );
      return reply;
    },
  );

  api.get(
    '/audit/stream',
    {
      schema: {
        summary: 'The sealed chain in its order, as JSON lines',
        tags: ['Audit'],
        querystring: auditStreamQuery,
        produces: ['application/x-ndjson'],
      },
    },
    async (request, reply) => {
      const caller = await asCaller(deps, request, async (ctx) => {
        requirePermission(ctx, 'audit:read');
        return readCaller(ctx);
      });
      await followAudit(deps, hub, caller, request.query, (onClose) =>
        openStream(request, reply, 'application/x-ndjson', onClose),
      );
      return reply;
    },
  );
};
