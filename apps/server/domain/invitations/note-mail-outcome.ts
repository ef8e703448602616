import type { AuditAction } from '@rollcall/contract/audit-actions';
import { sql } from 'kysely';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { isOpen } from './open-states.ts';

/** What became of the mail of an invitation; `words` are the mail server's. */
export type MailOutcome = { invitationId: string; outcome: 'sent' | 'refused' | 'bounced'; words: string };

const actions: Record<MailOutcome['outcome'], AuditAction> = {
  sent: 'invitation.sent',
  refused: 'invitation.refused',
  bounced: 'invitation.bounced',
};

interface Noted {
  id: string;
  user_id: string;
  email: string;
  name: string;
  outcome: MailOutcome['outcome'];
  words: string;
}

/**
 * Moves open invitations to where their mail has come. What was noted already, and what is not open any more, stays
 * as it is, so that it can be told twice. Writes the audit.
 */
export async function noteMailOutcomes(ctx: Context, outcomes: readonly MailOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const { rows } = await sql<Noted>`
    with noted as (
      update invitations i set
        state = case when g.outcome = 'sent' and i.state <> 'queued' then i.state else g.outcome end,
        sent_at = case when g.outcome = 'sent' then ${ctx.now}::timestamptz else i.sent_at end,
        refused_at = case when g.outcome = 'refused' then ${ctx.now}::timestamptz else i.refused_at end,
        bounced_at = case when g.outcome = 'bounced' then ${ctx.now}::timestamptz else i.bounced_at end,
        words = case when g.outcome = 'sent' then i.words else g.words end
      from json_to_recordset(${JSON.stringify(outcomes)}::json) as g("invitationId" uuid, outcome text, words text)
      where i.organization_id = ${ctx.organizationId} and i.id = g."invitationId" and ${isOpen}
        and case g.outcome when 'sent' then i.sent_at when 'refused' then i.refused_at else i.bounced_at end is null
      returning i.id, i.user_id, i.email, g.outcome, g.words
    )
    select n.*, btrim(u.first_name || ' ' || u.last_name) as name
    from noted n join users u on u.organization_id = ${ctx.organizationId} and u.id = n.user_id`.execute(
    ctx.tx,
  );
  await appendAuditEvents(
    ctx,
    rows.map((row) => ({
      action: actions[row.outcome],
      target: { kind: 'user', id: row.user_id, name: row.name },
      after: {
        invitationId: row.id,
        email: row.email,
        ...(row.outcome === 'sent' ? {} : { reason: row.words }),
      },
    })),
  );
}
