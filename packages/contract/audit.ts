import { z } from 'zod';
import { auditActionNames, auditTargetKinds } from './audit-actions.ts';
import { instant, pageQuery } from './paging.ts';

// GET  /api/v1/audit             auditQuery        → pageOf(auditEvent), newest first        audit:read
// GET  /api/v1/audit/:id                           → auditEvent                              audit:read
// GET  /api/v1/audit/export      auditExportQuery  → text/csv or application/x-ndjson        audit:read
// GET  /api/v1/audit/stream      auditStreamQuery  → application/x-ndjson, sealed, by seq    audit:read
// GET  /api/v1/audit/checkpoint                    → auditCheckpoint, of this moment         audit:read

export const auditActorKinds = ['user', 'api_key', 'import', 'system', 'anonymous'] as const;

/** What somebody did. `name`, `ip`, `reason`, `before`, `after` may be erased later; the chain stays whole. */
export const auditEvent = z
  .object({
    id: z.uuid(),
    seq: z.number().int().nullable().describe('Place in the sealed chain; null until sealed (a second).'),
    hash: z.string().nullable().describe('Seal of this event and all before it, hexadecimal.'),
    occurredAt: instant,
    action: z.enum(auditActionNames),
    actor: z.object({
      kind: z.enum(auditActorKinds),
      id: z.uuid().nullable().describe('The user, key or operation; null for the system and for nobody.'),
      name: z.string().nullable(),
    }),
    target: z.object({
      kind: z.enum(auditTargetKinds),
      id: z.uuid().nullable(),
      name: z.string().nullable(),
    }),
    reason: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    ip: z.string().nullable(),
    requestId: z.string(),
  })
  .meta({ id: 'AuditEvent' });

const action = z.enum(auditActionNames, {
  error: 'There is no such action. Choose one of those in the documentation of the API.',
});

const filters = {
  actor: z.uuid().optional().describe('Id of a user, API key or operation that acted.'),
  target: z.uuid().optional().describe('Id of what it was done to.'),
  action: z
    .union([action.transform((one) => [one]), z.array(action).max(100)])
    .optional()
    .describe('One or several (repeat the parameter).'),
  kind: z.enum(auditTargetKinds).optional().describe('Kind of the target.'),
  actorKind: z.enum(auditActorKinds).optional(),
  from: instant.optional().describe('From this instant on.'),
  to: instant.optional().describe('Before this instant.'),
  text: z.string().max(200).optional().describe('Found in names, reason, before or after, or request id.'),
};

export const auditQuery = pageQuery.extend(filters);
export const auditExportQuery = z.strictObject({ ...filters, format: z.enum(['csv', 'jsonl']) });

/** Reads the sealed chain in its order. `follow` keeps the response open and goes on as events are sealed. */
export const auditStreamQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0).describe('The last seq that you have.'),
  follow: z.stringbool().default(false),
});

/** The state of the chain at one moment. Kept outside, it proves later that nothing before it was cut off. */
export const auditCheckpoint = z
  .object({
    organizationId: z.uuid(),
    seq: z.number().int(),
    hash: z.string(),
    at: instant,
    signature: z.string().describe('HMAC-SHA256 under the organization’s chain key, hexadecimal.'),
  })
  .meta({ id: 'AuditCheckpoint' });

export type AuditEvent = z.infer<typeof auditEvent>;
export type AuditFilters = Omit<z.infer<typeof auditQuery>, 'cursor' | 'limit'>;
export type AuditQuery = z.infer<typeof auditQuery>;
export type AuditCheckpoint = z.infer<typeof auditCheckpoint>;
