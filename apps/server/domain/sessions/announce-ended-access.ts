import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** Whose open streams must close: everything of these users, or these sessions and keys alone. */
export interface EndedAccess {
  userIds?: readonly string[];
  sessionIds?: readonly string[];
  keyIds?: readonly string[];
}

/** What travels in the notification; with nothing but the organization, its open streams are looked at anew. */
export interface EndedAccessNotice extends EndedAccess {
  organizationId: string;
}

export const endedAccessChannel = 'rollcall_access_ended';

/** PostgreSQL refuses a payload of 8,000 bytes and more. */
const mostBytes = 7_900;

/**
 * Tells every node, at the commit of this transaction, to close what these users, sessions or keys have open; also
 * to be called when somebody's rights shrink, because a stream that opens again asks anew. Once a transaction:
 * NOTIFY makes commits wait for each other. A payload that would not fit names the organization alone.
 */
export async function announceEndedAccess(ctx: Context, ended: EndedAccess): Promise<void> {
  if (!ended.userIds?.length && !ended.sessionIds?.length && !ended.keyIds?.length) return;
  const whole: EndedAccessNotice = { organizationId: ctx.organizationId, ...ended };
  const payload =
    Buffer.byteLength(JSON.stringify(whole)) <= mostBytes ? whole : { organizationId: ctx.organizationId };
  await sql`select pg_notify(${endedAccessChannel}, ${JSON.stringify(payload)})`.execute(ctx.tx);
}
