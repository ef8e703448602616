import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** Whose open streams must close: everything of these users, or these sessions alone. */
export interface EndedAccess {
  userIds?: readonly string[];
  sessionIds?: readonly string[];
}

/** PostgreSQL refuses a payload of 8,000 bytes and more. */
const mostBytes = 7_900;

/**
 * Tells every node, at the commit of this transaction, to close what these users or sessions have open. Once a
 * transaction: NOTIFY makes commits wait for each other. A payload that would not fit names the organization alone,
 * and the nodes look at each of its open streams anew.
 */
export async function announceEndedAccess(ctx: Context, ended: EndedAccess): Promise<void> {
  if (!ended.userIds?.length && !ended.sessionIds?.length) return;
  const whole = JSON.stringify({ organizationId: ctx.organizationId, ...ended });
  const payload =
    Buffer.byteLength(whole) <= mostBytes ? whole : JSON.stringify({ organizationId: ctx.organizationId });
  await sql`select pg_notify('rollcall_access_ended', ${payload})`.execute(ctx.tx);
}
