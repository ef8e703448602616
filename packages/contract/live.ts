import { z } from 'zod';
import { auditActionNames, auditTargetKinds } from './audit-actions.ts';

// GET /api/v1/events  → text/event-stream, with a session or an API key; `Last-Event-ID` goes on without a gap.
//   event: ready   data: {"seq": 17}          once, first
//   event: change  data: liveChange           id: its seq
//   event: reset   data: {"seq": 40017}       too much was missed: read everything again
// The stream ends at once when the session, key or user does; opening it again then answers 401.

/** That something changed, and what; read it again through the API. Only what the listener may see. */
export const liveChange = z
  .object({
    seq: z.number().int(),
    action: z.enum(auditActionNames),
    target: z.object({ kind: z.enum(auditTargetKinds), id: z.uuid().nullable() }),
  })
  .meta({ id: 'LiveChange' });

export type LiveChange = z.infer<typeof liveChange>;
