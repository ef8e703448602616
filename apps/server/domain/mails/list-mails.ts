import type { ListMailsQuery, MailOverview, MailRow, MailState } from '@rollcall/contract/mails';
import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';

const mostFailures = 20;

/** A page of the outbox, newest first. @throws AppError `forbidden` without `mail:manage`, `invalid_cursor` */
export async function listMails(
  ctx: Context,
  { cursor, limit, state }: ListMailsQuery,
): Promise<{ items: MailRow[]; nextCursor: string | null }> {
  requirePermission(ctx, 'mail:manage');
  if (cursor !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) {
    throw new AppError('invalid_cursor', { detail: 'Start again from the first page, without a cursor.' });
  }
  const conditions = [
    sql`true`,
    ...(state ? [sql`m.state = any(${state}::text[])`] : []),
    ...(cursor === undefined ? [] : [sql`m.id < ${cursor}`]),
  ];
  const rows = await readMailRows(
    ctx,
    sql`${sql.join(conditions, sql` and `)} order by m.id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

/** What stands in the outbox: how many in each state, and what has gone wrong lately. */
export async function summariseMails(
  ctx: Context,
): Promise<Pick<MailOverview, 'counts' | 'oldestWaitingAt' | 'failures'>> {
  requirePermission(ctx, 'mail:manage');
  const { rows } = await sql<{ state: MailState; count: number; oldest: Date }>`
    select state, count(*) as count, min(created_at) as oldest from mails
    where organization_id = ${ctx.organizationId} group by state`.execute(ctx.tx);
  const counts = { queued: 0, deferred: 0, sent: 0, refused: 0, bounced: 0, kept: 0, cancelled: 0 };
  for (const row of rows) counts[row.state] = row.count;
  const waiting = rows.filter(({ state }) => state === 'queued' || state === 'deferred');
  const oldest = Math.min(...waiting.map((row) => row.oldest.getTime()));
  return {
    counts,
    oldestWaitingAt: waiting.length > 0 ? new Date(oldest).toISOString() : null,
    failures: await readMailRows(
      ctx,
      sql`m.state in ('refused', 'bounced', 'deferred') order by m.id desc limit ${mostFailures}`,
    ),
  };
}

interface Line extends Omit<MailRow, 'createdAt' | 'lastAttemptAt' | 'nextAttemptAt' | 'sentAt'> {
  createdAt: Date;
  lastAttemptAt: Date | null;
  nextAttemptAt: Date | null;
  sentAt: Date | null;
}

/** The mails `m` that fit, as rows of a list; the caller has asked for the permission. */
export async function readMailRows(ctx: Context, condition: RawBuilder<unknown>): Promise<MailRow[]> {
  const { rows } = await sql<Line>`
    select m.id, m.template, m.recipient as "to", m.state, m.attempts, m.words, m.user_id as "userId",
      m.created_at as "createdAt", m.last_attempt_at as "lastAttemptAt", m.next_attempt_at as "nextAttemptAt",
      m.sent_at as "sentAt"
    from mails m where m.organization_id = ${ctx.organizationId} and ${condition}`.execute(ctx.tx);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    sentAt: row.sentAt?.toISOString() ?? null,
  }));
}
