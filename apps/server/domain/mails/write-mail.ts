import type { MailContent, MailLanguage } from '../../platform/mail/mail-content.ts';
import type { Context } from '../context.ts';
import { type MailTemplateName, mailTemplates } from './mail-templates.ts';
import { openMailContent } from './seal-mail-content.ts';

/** What the outbox knows of a mail's words. */
export interface StoredMail {
  id: string;
  template: string;
  language: string;
  content: Buffer | null;
}

export interface WrittenMail {
  content: MailContent;
  language: MailLanguage;
  values: Record<string, unknown>;
}

/** The mail as its template words it; null where its content was wiped or cannot be opened under today's secret. */
export function writeMail(ctx: Context, mail: StoredMail): WrittenMail | null {
  if (!mail.content) return null;
  let values: Record<string, unknown>;
  try {
    values = openMailContent(ctx, mail.id, mail.content);
  } catch {
    return null;
  }
  const language = mail.language as MailLanguage;
  // The outbox holds what queueMail has typed: these values belong to this template.
  const write = mailTemplates[mail.template as MailTemplateName][language] as (from: object) => MailContent;
  return { content: write(values), language, values };
}
