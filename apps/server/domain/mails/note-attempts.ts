import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** What came of one attempt to send a mail. `words` are the mail server's, or say what went wrong on the way to it. */
export type Attempt = { mailId: string; words: string } & (
  | { outcome: 'sent'; serverMessageId: string | undefined }
  | { outcome: 'refused' }
  | { outcome: 'deferred'; nextAttemptAt: Date }
);

/**
 * Notes what came of these attempts. What is sent or refused for good loses its content, because it holds links. A
 * mail that was cancelled in the meantime and went out all the same is noted as sent, since it was.
 */
export async function noteAttempts(ctx: Context, attempts: readonly Attempt[]): Promise<void> {
  const rows = attempts.map((attempt) => ({
    id: attempt.mailId,
    outcome: attempt.outcome,
    words: attempt.words || null,
    server_message_id: attempt.outcome === 'sent' ? attempt.serverMessageId : null,
    next_attempt_at: attempt.outcome === 'deferred' ? attempt.nextAttemptAt : null,
  }));
  await sql`
    update mails m set state = g.outcome, words = g.words, claimed_until = null, next_attempt_at = g.next_attempt_at,
      content = case when g.outcome = 'deferred' then m.content end,
      sent_at = case when g.outcome = 'sent' then coalesce(m.sent_at, ${ctx.now}::timestamptz) else m.sent_at end,
      server_message_id = coalesce(g.server_message_id, m.server_message_id)
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as g(id uuid, outcome text, words text, server_message_id text, next_attempt_at timestamptz)
    where m.organization_id = ${ctx.organizationId} and m.id = g.id
      and (m.state in ('queued', 'deferred') or m.state = 'cancelled' and g.outcome = 'sent')`.execute(
    ctx.tx,
  );
  const named = rows.flatMap((row) => row.server_message_id ?? []);
  if (named.length > 0) {
    await sql`select note_server_message_id(name) from unnest(${named}::text[]) as name`.execute(ctx.tx);
  }
}

/** Mails that were not tried, because the mail server was found to be out of order with another. */
export async function postponeMails(
  ctx: Context,
  mailIds: readonly string[],
  words: string,
  until: Date,
): Promise<void> {
  await sql`
    update mails set state = 'deferred', words = ${words}, next_attempt_at = ${until}
    where organization_id = ${ctx.organizationId} and id = any(${[...mailIds]}::uuid[])
      and state in ('queued', 'deferred') and claimed_until is null`.execute(ctx.tx);
}
