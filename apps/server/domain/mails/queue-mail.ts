import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { MailLanguage } from '../../platform/mail/mail-content.ts';
import type { Context } from '../context.ts';
import type { MailTemplateName, MailValues } from './mail-templates.ts';
import { sealMailContent } from './seal-mail-content.ts';

/** One mail to one reader. `values` hold links: they are kept sealed and only until the mail server has the mail. */
export type NewMail = {
  [Name in MailTemplateName]: {
    template: Name;
    to: string;
    /** `chooseMailLanguage(user.locale ?? organization.language)`. */
    language: MailLanguage;
    values: MailValues<Name>;
    userId?: string;
    invitationId?: string;
  };
}[MailTemplateName];

/** Mails that one job delivers: a node takes one job a second. */
const mailsPerJob = 100;
/** So few are of somebody who waits for them (a new password), and go before a mass of invitations. */
const fewMails = 5;
/** Mails that one statement inserts: its parameter stays at a few megabytes. */
const mailsPerStatement = 5_000;

/**
 * Puts mails into the outbox: they go out if and only if this transaction commits, some moments later, and as often
 * as it takes. Asks for no permission: whoever calls it has.
 * @returns their ids, in the order given
 */
export async function queueMail(ctx: Context, mails: readonly NewMail[]): Promise<string[]> {
  const ids = mails.map(() => newId());
  const jobs: object[] = [];
  for (let start = 0; start < ids.length; start += mailsPerJob) {
    jobs.push({ organizationId: ctx.organizationId, mailIds: ids.slice(start, start + mailsPerJob) });
  }
  await Promise.all([
    insertMails(ctx, ids, mails),
    ctx.enqueue('deliver-mail', jobs, mails.length <= fewMails ? { priority: 1 } : {}),
  ]);
  return ids;
}

async function insertMails(ctx: Context, ids: readonly string[], mails: readonly NewMail[]): Promise<void> {
  for (let start = 0; start < mails.length; start += mailsPerStatement) {
    const rows = mails.slice(start, start + mailsPerStatement).map((mail, offset) => ({
      id: ids[start + offset]!,
      template: mail.template,
      recipient: mail.to,
      language: mail.language,
      content: sealMailContent(ctx, ids[start + offset]!, mail.values).toString('base64'),
      user_id: mail.userId,
      invitation_id: mail.invitationId,
    }));
    await sql`
      insert into mails (organization_id, id, template, recipient, language, content, user_id, invitation_id)
      select ${ctx.organizationId}::uuid, id, template, recipient, language, decode(content, 'base64'), user_id, invitation_id
      from json_to_recordset(${JSON.stringify(rows)}::json) as g(id uuid, template text, recipient text, language text,
        content text, user_id uuid, invitation_id uuid)`.execute(ctx.tx);
  }
}
