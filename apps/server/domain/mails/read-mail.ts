import type { MailView } from '@rollcall/contract/mails';
import type { Permission } from '@rollcall/contract/permissions';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { MailContent } from '../../platform/mail/mail-content.ts';
import { renderMail } from '../../platform/mail/render-mail.ts';
import { may, requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { readMailRows } from './list-mails.ts';
import { type StoredMail, writeMail } from './write-mail.ts';

/**
 * Whose link lets in as somebody else. Who may invite could make such a link of an invitation anyway; one that
 * replaces a password is shown only to who could take every right in the organization without it.
 */
const linkNeeds: Record<string, Permission> = {
  invitation: 'invitations:manage',
  'invitation-reminder': 'invitations:manage',
  'password-reset': 'roles:assign',
  'email-change-confirm': 'roles:assign',
};

/**
 * A mail as its reader sees it, as long as its content is kept. That somebody has read it stands in the audit.
 * @throws AppError `forbidden` without `mail:manage`, `not_found`
 */
export async function readMail(ctx: Context, id: string): Promise<MailView> {
  requirePermission(ctx, 'mail:manage');
  const [row] = await readMailRows(ctx, sql`m.id = ${id}`);
  if (!row) throw new AppError('not_found', { detail: 'There is no such mail.' });
  const { rows } = await sql<StoredMail>`
    select id, template, language, content from mails
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  const written = writeMail(ctx, rows[0]!);
  if (!written) return { ...row, subject: null, html: null, text: null, linkHidden: false };
  const needed = linkNeeds[row.template];
  const linkHidden = needed !== undefined && !may(ctx.actor, needed);
  const content = linkHidden ? hideLink(ctx, written.content) : written.content;
  await appendAuditEvents(ctx, [
    {
      action: 'mail.read',
      target: { kind: 'mail', id, name: row.to },
      after: { template: row.template, linkShown: needed !== undefined && !linkHidden },
    },
  ]);
  return { ...row, ...renderMail(content, written.language), linkHidden };
}

/** In the link's place stands the address of this installation, which lets nobody in. */
function hideLink(ctx: Context, { action, ...content }: MailContent): MailContent {
  return action ? { ...content, action: { ...action, url: ctx.installation.publicUrl } } : content;
}
