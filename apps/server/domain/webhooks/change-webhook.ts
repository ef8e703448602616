import type { Webhook, WebhookPatch, WebhookReplay } from '@rollcall/contract/webhooks';
import { sql } from 'kysely';
import { AppError, invalidField } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { requireWellFormedAddress } from './check-address.ts';
import { duplicateName } from './create-webhook.ts';
import { kindOf } from './send-to-destination.ts';
import { addressForAudit, readWebhook, readWebhooks, toWebhook, type WebhookRow } from './webhook-rows.ts';

export async function listWebhooks(ctx: Context): Promise<{ items: Webhook[] }> {
  requirePermission(ctx, 'webhooks:manage');
  return { items: (await readWebhooks(ctx)).map(toWebhook) };
}

export async function getWebhook(ctx: Context, id: string): Promise<Webhook> {
  requirePermission(ctx, 'webhooks:manage');
  return toWebhook(await readWebhook(ctx, id));
}

/** Changes a destination. One that is switched on again, or changed while failing, is tried at once. */
export async function updateWebhook(ctx: Context, id: string, patch: WebhookPatch): Promise<Webhook> {
  requirePermission(ctx, 'webhooks:manage');
  const before = await lock(ctx, id);
  const next = {
    name: patch.name ?? before.name,
    url: patch.url ?? before.url,
    actions: patch.actions ?? before.actions,
    enabled: patch.enabled ?? before.enabled,
  };
  requireWellFormedAddress(next.url);
  if (kindOf(next.url) !== kindOf(before.url))
    throw invalidField(
      'url',
      'A webhook cannot become a syslog stream, nor the other way round.',
      'Add another one.',
    );
  await sql`
    update webhooks set name = ${next.name}, url = ${next.url}, actions = ${next.actions}::text[], enabled = ${next.enabled},
      given_up_at = case when ${next.enabled} then null else given_up_at end,
      failing_since = null, attempts = 0, last_error = null, next_attempt_at = null, lease = null, leased_until = null
    where organization_id = ${ctx.organizationId} and id = ${id}`
    .execute(ctx.tx)
    .catch((error: { code?: string }) => {
      throw error.code === '23505' ? duplicateName() : error;
    });
  const [was, is] = [forAudit(before), forAudit(next)];
  const changed = Object.keys(is).filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]));
  if (before.url !== next.url && !changed.includes('address')) changed.push('address');
  const only = (all: Record<string, unknown>) => Object.fromEntries(changed.map((key) => [key, all[key]]));
  if (changed.length > 0)
    await appendAuditEvents(ctx, [
      {
        action: 'webhook.updated',
        target: { kind: 'webhook', id, name: next.name },
        before: only(was),
        after: only(is),
      },
    ]);
  return toWebhook(await readWebhook(ctx, id));
}

export async function deleteWebhook(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'webhooks:manage');
  const before = await lock(ctx, id);
  await sql`delete from webhooks where organization_id = ${ctx.organizationId} and id = ${id}`.execute(
    ctx.tx,
  );
  await appendAuditEvents(ctx, [
    {
      action: 'webhook.deleted',
      target: { kind: 'webhook', id, name: before.name },
      before: forAudit(before),
    },
  ]);
}

/** Delivers again: everything after a seq, in order, before anything new; or one event, beside the row. */
export async function replayWebhook(ctx: Context, id: string, input: WebhookReplay): Promise<Webhook> {
  requirePermission(ctx, 'webhooks:manage');
  const webhook = await lock(ctx, id);
  if ('afterSeq' in input) {
    if (input.afterSeq > webhook.end)
      throw invalidField('afterSeq', `The chain ends at ${webhook.end}.`, 'Give a smaller number.');
    await sql`
      update webhooks set position = ${input.afterSeq}, next_attempt_at = null, lease = null, leased_until = null
      where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  } else {
    const found = await sql`
      select 1 from audit_chain where organization_id = ${ctx.organizationId} and event_id = ${input.eventId}`.execute(
      ctx.tx,
    );
    if (found.rows.length === 0)
      throw new AppError('not_found', { detail: 'There is no such sealed event in this organization.' });
    await ctx.enqueue('deliver-webhook', [
      { organizationId: ctx.organizationId, webhookId: id, eventId: input.eventId },
    ]);
  }
  await appendAuditEvents(ctx, [
    { action: 'webhook.replayed', target: { kind: 'webhook', id, name: webhook.name }, after: input },
  ]);
  return toWebhook(await readWebhook(ctx, id));
}

async function lock(ctx: Context, id: string): Promise<WebhookRow> {
  await sql`select 1 from webhooks where organization_id = ${ctx.organizationId} and id = ${id} for update`.execute(
    ctx.tx,
  );
  return readWebhook(ctx, id);
}

function forAudit(
  webhook: Pick<WebhookRow, 'name' | 'url' | 'actions' | 'enabled'>,
): Record<string, unknown> {
  const { name, url, actions, enabled } = webhook;
  return { name, address: addressForAudit(url), actions, enabled };
}
