import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import type { Context } from '../context.ts';

/** After so long past its time, the job of a mail is taken for lost. */
const overdueMinutes = 30;
const atOnce = 100;

const isOverdue = (now: Date) => sql<boolean>`state in ('queued', 'deferred')
  and coalesce(next_attempt_at, created_at) < ${now}::timestamptz - make_interval(mins => ${overdueMinutes})
  and (claimed_until is null or claimed_until <= ${now})`;

/** The organizations with mails that nothing will deliver any more; asked as the owner. */
export async function findOrganizationsWithOverdueMails(tx: Tx, now: Date): Promise<string[]> {
  const { rows } = await sql<{ organization_id: string }>`
    select distinct organization_id from mails where ${isOverdue(now)}`.execute(tx);
  return rows.map((row) => row.organization_id);
}

/** Puts lost mails into a new job: the outbox is what counts, and its jobs only carry it. @returns whether there may be more */
export async function reviveMails(ctx: Context): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update mails set next_attempt_at = ${ctx.now}, claimed_until = null
    where organization_id = ${ctx.organizationId} and id in (
      select id from mails where organization_id = ${ctx.organizationId} and ${isOverdue(ctx.now)}
      order by id limit ${atOnce} for update skip locked)
    returning id`.execute(ctx.tx);
  if (rows.length === 0) return false;
  const mailIds = rows.map((row) => row.id);
  await ctx.enqueue('deliver-mail', [{ organizationId: ctx.organizationId, mailIds }]);
  return rows.length === atOnce;
}
