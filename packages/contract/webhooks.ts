import { z } from 'zod';
import { auditActionNames } from './audit-actions.ts';
import { instant } from './paging.ts';

// All with webhooks:manage.
// GET    /api/v1/webhooks               → webhookList
// POST   /api/v1/webhooks  webhookInput → 201 webhookCreated (the secret is shown here and never again)
// GET    /api/v1/webhooks/:id           → webhook
// PATCH  /api/v1/webhooks/:id  webhookPatch → webhook
// DELETE /api/v1/webhooks/:id           → 204
// POST   /api/v1/webhooks/:id/rotate-secret → webhookCreated
// POST   /api/v1/webhooks/:id/test      → webhookTestResult
// POST   /api/v1/webhooks/:id/replay  webhookReplay → 202 webhook

const name = z
  .string({ error: 'Enter a name.' })
  .trim()
  .min(1, { error: 'Enter a name.' })
  .max(100, { error: 'The name is longer than 100 characters. Shorten it.' });

/** `https://…` is a webhook; `syslog+tls://host:6514`, `syslog+tcp://host:601`, `syslog+udp://host:514` a SIEM. */
const destinationUrl = z
  .string({ error: 'Enter the address.' })
  .trim()
  .max(2000, { error: 'The address is longer than 2,000 characters. Shorten it.' })
  .regex(/^(https?|syslog\+(tls|tcp|udp)):\/\/[^\s/]+/i, {
    error: 'The address must begin with https://, syslog+tls://, syslog+tcp:// or syslog+udp://.',
  });

const actions = z
  .array(z.enum(auditActionNames))
  .max(auditActionNames.length)
  .describe('Only these actions; empty for all.');

export const webhookInput = z.strictObject({ name, url: destinationUrl, actions: actions.default([]) });

export const webhookPatch = z.strictObject({
  name: name.optional(),
  url: destinationUrl.optional(),
  actions: actions.optional(),
  enabled: z
    .boolean()
    .optional()
    .describe('Switched off it keeps its place; on again it goes on from there.'),
});

export const webhook = z
  .object({
    id: z.uuid(),
    kind: z.enum(['webhook', 'syslog']),
    name: z.string(),
    url: z.string(),
    actions: z.array(z.enum(auditActionNames)),
    status: z.enum(['working', 'failing', 'off', 'given_up']),
    position: z.number().int().describe('Everything up to this seq has been delivered.'),
    behind: z.number().int().describe('Sealed events that are still to be looked at.'),
    lastSuccessAt: instant.nullable(),
    failingSince: instant.nullable(),
    lastError: z.string().nullable(),
    attempts: z.number().int().describe('Failed attempts in a row.'),
    nextAttemptAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Webhook' });

export const webhookList = z.object({ items: z.array(webhook) });

/** `secret` signs (Standard Webhooks, `whsec_…`); null for syslog, which is not signed. */
export const webhookCreated = webhook
  .extend({ secret: z.string().nullable() })
  .meta({ id: 'WebhookCreated' });

export const webhookTestResult = z
  .object({ delivered: z.boolean(), error: z.string().nullable() })
  .meta({ id: 'WebhookTestResult' });

/** Everything after a seq again, or one event again. */
export const webhookReplay = z.union([
  z.strictObject({ afterSeq: z.number().int().min(0) }),
  z.strictObject({ eventId: z.uuid() }),
]);

export type Webhook = z.infer<typeof webhook>;
export type WebhookCreated = z.infer<typeof webhookCreated>;
export type WebhookInput = z.infer<typeof webhookInput>;
export type WebhookPatch = z.infer<typeof webhookPatch>;
export type WebhookReplay = z.infer<typeof webhookReplay>;
