import { sql } from 'kysely';
import { createMessageId } from '../../platform/mail/message-id.ts';
import { type RenderedMail, renderMail } from '../../platform/mail/render-mail.ts';
import type { Context } from '../context.ts';
import { type StoredMail, writeMail } from './write-mail.ts';

/** A mail that this node alone may send now. `rendered` is null where its content cannot be opened any more. */
export interface ClaimedMail {
  id: string;
  to: string;
  messageId: string;
  attempts: number;
  createdAt: Date;
  invitationId: string | null;
  rendered: (RenderedMail & { fromName: string; replyTo: string | undefined }) | null;
}

/** After so long a node that claimed a mail is taken for dead; longer than one attempt can take. */
const claimMinutes = 5;

interface Row extends StoredMail {
  recipient: string;
  message_id: string;
  attempts: number;
  created_at: Date;
  invitation_id: string | null;
}

/**
 * Takes those of the mails that wait and that no other node is sending. Each gets its Message-ID before the first
 * attempt, so that a crash between sending and noting it sends the same one again.
 * @param domain of the sender's address
 * @returns what was claimed, and until when another node holds some of the others
 */
export async function claimMails(
  ctx: Context,
  mailIds: readonly string[],
  domain: string,
): Promise<{ claimed: ClaimedMail[]; heldUntil: Date | null }> {
  const given = mailIds.map((id) => ({
    id,
    message_id: createMessageId({ shard: ctx.organizationId, domain }),
  }));
  const { rows } = await sql<Row>`
    update mails m set attempts = attempts + 1, last_attempt_at = ${ctx.now}, next_attempt_at = null,
      claimed_until = ${ctx.now}::timestamptz + make_interval(mins => ${claimMinutes}),
      message_id = coalesce(m.message_id, g.message_id)
    from json_to_recordset(${JSON.stringify(given)}::json) as g(id uuid, message_id text)
    where m.organization_id = ${ctx.organizationId} and m.id = g.id and m.state in ('queued', 'deferred')
      and (m.claimed_until is null or m.claimed_until <= ${ctx.now})
    returning m.id, m.template, m.language, m.content, m.recipient, m.message_id, m.attempts, m.created_at, m.invitation_id`.execute(
    ctx.tx,
  );
  const mine = rows.map((row) => row.id);
  const held = await sql<{ until: Date | null }>`
    select min(claimed_until) as until from mails
    where organization_id = ${ctx.organizationId} and id = any(${[...mailIds]}::uuid[])
      and id <> all(${mine}::uuid[]) and state in ('queued', 'deferred') and claimed_until > ${ctx.now}`.execute(
    ctx.tx,
  );
  return { claimed: rows.map((row) => prepare(ctx, row)), heldUntil: held.rows[0]?.until ?? null };
}

function prepare(ctx: Context, row: Row): ClaimedMail {
  const written = writeMail(ctx, row);
  return {
    id: row.id,
    to: row.recipient,
    messageId: row.message_id,
    attempts: row.attempts,
    createdAt: row.created_at,
    invitationId: row.invitation_id,
    rendered: written && {
      ...renderMail(written.content, written.language),
      fromName: written.content.sender,
      replyTo: typeof written.values.inviterEmail === 'string' ? written.values.inviterEmail : undefined,
    },
  };
}

/** Without a mail server: the mails stay as they are, for Settings → E-mail to show. */
export async function keepMails(ctx: Context, mailIds: readonly string[]): Promise<void> {
  await sql`
    update mails set state = 'kept', next_attempt_at = null, claimed_until = null
    where organization_id = ${ctx.organizationId} and id = any(${[...mailIds]}::uuid[])
      and state in ('queued', 'deferred')`.execute(ctx.tx);
}
