import type { UserHistory } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { noSuchUser } from './read-user.ts';

type Period<T> = Omit<T, 'validFrom' | 'validTo'> & { validFrom: Date; validTo: Date | null };

/** Who somebody was, and with which roles and groups: at a day's end or an instant, or all of it, latest first. */
export async function readUserHistory(ctx: Context, userId: string, at?: string): Promise<UserHistory> {
  requirePermission(ctx, 'users:read');
  const moment = at === undefined ? null : await readMoment(ctx, at);
  const org = ctx.organizationId;
  const time = sql`h.valid_from as "validFrom", nullif(h.valid_to, 'infinity') as "validTo"`;
  const among = sql`h.organization_id = ${org} and h.user_id = ${userId}
    and (${moment}::timestamptz is null or h.valid_from <= ${moment}::timestamptz and h.valid_to > ${moment}::timestamptz)`;
  const latestFirst = sql`order by h.valid_from desc`;
  const periods = await sql<Period<UserHistory['periods'][number]>>`
    select ${time}, h.first_name as "firstName", h.last_name as "lastName", h.sign_in_name as "signInName", h.email, h.status,
      h.department, h.title, h.site, h.cost_center as "costCenter",
      (select json_build_object('id', m.id, 'name', btrim(m.first_name || ' ' || m.last_name)) from users m
        where m.organization_id = ${org} and m.id = h.manager_id) as manager
    from user_history h where ${among} ${latestFirst}`.execute(ctx.tx);
  const roles = await sql<Period<UserHistory['roles'][number]>>`
    select ${time}, h.role_id as id, coalesce(r.name, 'A role that is gone') as name
    from role_assignment_history h left join roles r on r.organization_id = h.organization_id and r.id = h.role_id
    where ${among} ${latestFirst}`.execute(ctx.tx);
  const groups = await sql<Period<UserHistory['groups'][number]>>`
    select ${time}, h.group_id as id, coalesce(g.name, 'A group that is gone') as name
    from group_member_history h left join groups g on g.organization_id = h.organization_id and g.id = h.group_id
    where ${among} ${latestFirst}`.execute(ctx.tx);
  if (periods.rows.length === 0 && !(await exists(ctx, userId))) throw noSuchUser();
  return {
    periods: periods.rows.map(withInstants),
    roles: roles.rows.map(withInstants),
    groups: groups.rows.map(withInstants),
  };
}

const withInstants = <T extends { validFrom: Date; validTo: Date | null }>(row: T) => ({
  ...row,
  validFrom: row.validFrom.toISOString(),
  validTo: row.validTo?.toISOString() ?? null,
});

/** A day means its end, where the organization is. */
async function readMoment(ctx: Context, at: string): Promise<Date> {
  if (at.length > 10) return new Date(at);
  const { rows } = await sql<{ moment: Date }>`
    select (((${at}::date + 1)::timestamp at time zone time_zone) - interval '1 millisecond') as moment
    from organizations where id = ${ctx.organizationId}`.execute(ctx.tx);
  return rows[0]!.moment;
}

async function exists(ctx: Context, userId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from users where organization_id = ${ctx.organizationId} and id = ${userId}`.execute(ctx.tx);
  return rows.length > 0;
}
