import type { Webhook } from '@rollcall/contract/webhooks';
import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';
import { kindOf } from './send-to-destination.ts';

export interface WebhookRow {
  id: string;
  name: string;
  url: string;
  actions: Webhook['actions'];
  enabled: boolean;
  given_up_at: Date | null;
  position: number;
  end: number;
  last_success_at: Date | null;
  failing_since: Date | null;
  last_error: string | null;
  attempts: number;
  next_attempt_at: Date | null;
  created_at: Date;
}

/** Selects {@link WebhookRow} from `webhooks w`. */
const columns: RawBuilder<WebhookRow> = sql`
  w.id, w.name, w.url, w.actions, w.enabled, w.given_up_at, w.position,
  coalesce((select s.seq from audit_seals s where s.organization_id = w.organization_id), 0) as "end",
  w.last_success_at, w.failing_since, w.last_error, w.attempts, w.next_attempt_at, w.created_at`;

export async function readWebhooks(ctx: Context): Promise<WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select ${columns} from webhooks w where w.organization_id = ${ctx.organizationId}
    order by fold(w.name), w.id`.execute(ctx.tx);
  return rows;
}

/** @throws AppError `not_found` */
export async function readWebhook(ctx: Context, id: string): Promise<WebhookRow> {
  const { rows } = await sql<WebhookRow>`
    select ${columns} from webhooks w where w.organization_id = ${ctx.organizationId} and w.id = ${id}`.execute(
    ctx.tx,
  );
  if (!rows[0]) throw new AppError('not_found', { detail: 'There is no such webhook in this organization.' });
  return rows[0];
}

export function toWebhook(row: WebhookRow): Webhook {
  return {
    id: row.id,
    kind: kindOf(row.url),
    name: row.name,
    url: row.url,
    actions: row.actions,
    status: statusOf(row),
    position: row.position,
    behind: Math.max(0, row.end - row.position),
    lastSuccessAt: row.last_success_at?.toISOString() ?? null,
    failingSince: row.failing_since?.toISOString() ?? null,
    lastError: row.last_error,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

function statusOf(row: WebhookRow): Webhook['status'] {
  if (row.given_up_at) return 'given_up';
  if (!row.enabled) return 'off';
  return row.failing_since ? 'failing' : 'working';
}

/** An address as the audit keeps it: paths of webhooks are often secrets. */
export function addressForAudit(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}/…`;
}
