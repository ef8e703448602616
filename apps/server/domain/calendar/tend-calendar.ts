import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { createInvitations, type Invitee } from '../invitations/create-invitations.ts';
import { deactivateUsers } from '../off-boarding/deactivate-users.ts';

/** Users that one transaction deals with. */
const atOnce = 500;

/** The day at `now` in the time zone of the organization `o` of a query. */
const today = (now: Date) => sql<string>`(${now}::timestamptz at time zone o.time_zone)::date`;

/** The organizations in which somebody starts, or whose last day is over; asked as the owner. */
export async function findDueOrganizations(tx: Tx, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from organizations o
    where exists (select from users u where u.organization_id = o.id and u.withdrawn_at is null and u.status = 'scheduled'
        and (u.start_date is null or u.start_date <= ${today(now)}))
      or exists (select from users u where u.organization_id = o.id and u.withdrawn_at is null and u.status <> 'inactive'
        and u.last_day < ${today(now)})`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * Invites those whose start date has come. Running it again changes nothing.
 * @returns whether there may be more
 */
export async function startScheduled(ctx: Context): Promise<boolean> {
  const { rows } = await sql<Invitee & { startDate: string | null }>`
    update users set status = 'invited', version = version + 1, updated_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id in (
      select u.id from users u join organizations o on o.id = u.organization_id
      where u.organization_id = ${ctx.organizationId} and u.withdrawn_at is null and u.status = 'scheduled'
        and (u.start_date is null or u.start_date <= ${today(ctx.now)})
      order by u.id limit ${atOnce} for no key update of u skip locked)
    returning id as "userId", email, first_name as "firstName", last_name as "lastName", sign_in_name as "signInName",
      locale, time_zone as "timeZone", start_date as "startDate"`.execute(ctx.tx);
  await appendAuditEvents(
    ctx,
    rows.map(({ userId, firstName, lastName, startDate }) => ({
      action: 'user.started',
      target: { kind: 'user', id: userId, name: `${firstName} ${lastName}`.trim() },
      before: { status: 'scheduled' },
      after: { status: 'invited', startDate },
    })),
  );
  // Who has no address stays invited without an invitation, and the diagnosis says so.
  await createInvitations(ctx, rows);
  return rows.length === atOnce;
}

/**
 * Ends the access of those whose last day is over where the organization is. The last administrator stays, as on
 * every path, and is tried again: the first page warns of it.
 * @returns whether there may be more
 */
export async function endAfterLastDay(ctx: Context): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select u.id from users u join organizations o on o.id = u.organization_id
    where u.organization_id = ${ctx.organizationId} and u.withdrawn_at is null and u.status <> 'inactive'
      and u.last_day < ${today(ctx.now)}
    order by u.id limit ${atOnce}`.execute(ctx.tx);
  if (rows.length === 0) return false;
  const outcomes = await deactivateUsers(
    ctx,
    rows.map(({ id }) => id),
    { reason: 'The last day is over.' },
  );
  return rows.length === atOnce && outcomes.some(({ ok }) => ok);
}
