import type { MailRow } from '@rollcall/contract/mails';
import { sql } from 'kysely';
import { chooseMailLanguage } from '../../platform/mail/mail-content.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { readMailRows } from './list-mails.ts';
import { queueMail } from './queue-mail.ts';

/** Sends a test mail the way of every other; its row says what came of it. @throws AppError `forbidden` without `mail:manage` */
export async function sendTestMail(ctx: Context, to: string): Promise<MailRow> {
  requirePermission(ctx, 'mail:manage');
  const { rows } = await sql<{ name: string; language: string; time_zone: string }>`
    select name, language, time_zone from organizations where id = ${ctx.organizationId}`.execute(ctx.tx);
  const { name, language, time_zone: timeZone } = rows[0]!;
  const { actor } = ctx;
  const [id] = await queueMail(ctx, [
    {
      template: 'test-mail',
      to,
      language: chooseMailLanguage(language),
      values: {
        organizationName: name,
        requestedBy: (actor.kind !== 'anonymous' && actor.name) || name,
        requestedAt: ctx.now.toISOString(),
        timeZone,
        link: `${ctx.installation.publicUrl}/settings/email`,
      },
    },
  ]);
  await appendAuditEvents(ctx, [
    { action: 'mail.test_sent', target: { kind: 'mail', id: id!, name: to }, after: { to } },
  ]);
  const [row] = await readMailRows(ctx, sql`m.id = ${id!}`);
  return row!;
}
