import type { AuditAction, AuditTargetKind } from '@rollcall/contract/audit-actions';
import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { Context } from '../context.ts';

export interface AuditEntry {
  action: AuditAction;
  target: { kind: AuditTargetKind; id: string | null; name: string };
  /** The fields that changed, as they were and as they are; never a secret. */
  before?: object;
  after?: object;
  reason?: string;
}

/**
 * Writes what has been done, in the transaction that did it. The payload holds what may be personal and is only
 * bound by its salted hash, so that it can be erased later while the chain over the events stays whole.
 */
export async function appendAuditEvents(ctx: Context, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { actor } = ctx;
  const rows = entries.map((entry) => ({
    id: newId(),
    action: entry.action,
    target_kind: entry.target.kind,
    target_id: entry.target.id,
    payload: {
      actor: actor.kind === 'anonymous' ? undefined : actor.name,
      ip: actor.ip ?? undefined,
      target: entry.target.name,
      reason: entry.reason ?? ctx.reason,
      before: entry.before,
      after: entry.after,
    },
  }));
  await sql`
    with given as (
      select g.*, uuid_send(gen_random_uuid()) as salt
      from json_to_recordset(${withoutSecrets(JSON.stringify(rows))}::json)
        as g(id uuid, action text, target_kind text, target_id uuid, payload json)
    ), events as (
      insert into audit_events
        (organization_id, id, action, actor_kind, actor_id, target_kind, target_id, request_id, payload_hash)
      select ${ctx.organizationId}::uuid, id, action, ${actor.kind}, ${actorId(ctx)}::uuid, target_kind, target_id,
        ${ctx.requestId}, sha256(salt || convert_to(payload::text, 'UTF8'))
      from given
    )
    insert into audit_details (organization_id, event_id, salt, payload)
    select ${ctx.organizationId}::uuid, id, salt, payload from given`.execute(ctx.tx);
}

// The last guard, against what a caller lets through or a person pastes into a name: our own secrets in full
// length (platform/secrets.ts), signing secrets, password hashes.
const secrets = /rc[a-z]_[\w-]{54}|whsec_[\w+/=]{20,}|\$argon2[a-z]*\$[^"\s]*/g;

function withoutSecrets(json: string): string {
  return json.replaceAll(secrets, '[secret removed]');
}

function actorId({ actor }: Context): string | null {
  if (actor.kind === 'user') return actor.userId;
  if (actor.kind === 'api_key') return actor.keyId;
  return actor.kind === 'import' ? actor.operationId : null;
}
