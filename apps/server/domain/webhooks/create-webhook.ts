import type { WebhookCreated, WebhookInput } from '@rollcall/contract/webhooks';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { requireWellFormedAddress } from './check-address.ts';
import { kindOf } from './send-to-destination.ts';
import { newSigningSecret } from './sign-webhook.ts';
import { sealSecret } from './signing-secrets.ts';
import { addressForAudit, readWebhook, toWebhook } from './webhook-rows.ts';

const mostWebhooks = 50;

/** Adds a destination that gets what is sealed from now on. */
export async function createWebhook(ctx: Context, input: WebhookInput): Promise<WebhookCreated> {
  requirePermission(ctx, 'webhooks:manage');
  requireWellFormedAddress(input.url);
  const id = newId();
  const secret = kindOf(input.url) === 'webhook' ? newSigningSecret() : null;
  const sealed = secret && sealSecret(ctx.installation.encryption, id, secret);
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from webhooks where organization_id = ${ctx.organizationId}`.execute(ctx.tx);
  if (rows[0]!.count >= mostWebhooks)
    throw new AppError('conflict', {
      detail: `There are ${mostWebhooks} webhooks. Remove one that is not needed.`,
    });
  const inserted = await sql`
    insert into webhooks (organization_id, id, name, url, actions, secret_sealed, position, created_at)
    select ${ctx.organizationId}::uuid, ${id}::uuid, ${input.name}, ${input.url}, ${input.actions}::text[], ${sealed}::bytea,
      coalesce((select seq from audit_seals where organization_id = ${ctx.organizationId}), 0), ${ctx.now}
    on conflict (organization_id, fold(name)) do nothing`.execute(ctx.tx);
  if (inserted.numAffectedRows === 0n) throw duplicateName();
  await appendAuditEvents(ctx, [
    {
      action: 'webhook.created',
      target: { kind: 'webhook', id, name: input.name },
      after: { name: input.name, address: addressForAudit(input.url), actions: input.actions },
    },
  ]);
  return { ...toWebhook(await readWebhook(ctx, id)), secret };
}

/** Makes a new signing secret; the one before it signs no more. */
export async function rotateWebhookSecret(ctx: Context, id: string): Promise<WebhookCreated> {
  requirePermission(ctx, 'webhooks:manage');
  const webhook = await readWebhook(ctx, id);
  if (kindOf(webhook.url) === 'syslog')
    throw new AppError('conflict', { detail: 'A syslog stream is not signed and has no secret.' });
  const secret = newSigningSecret();
  await sql`
    update webhooks set secret_sealed = ${sealSecret(ctx.installation.encryption, id, secret)}
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  await appendAuditEvents(ctx, [
    {
      action: 'webhook.updated',
      target: { kind: 'webhook', id, name: webhook.name },
      after: { signingSecret: 'new' },
    },
  ]);
  return { ...toWebhook(webhook), secret };
}

export function duplicateName(): AppError {
  return new AppError('duplicate_name', {
    detail: 'There is a webhook of this name. Choose another name.',
    fields: [{ field: 'name', message: 'The name is taken.', remedy: 'Choose another name.' }],
  });
}
