import type { UserStatus } from '@rollcall/contract/users';
import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** Somebody who is there, with everything that a file can change. */
export interface PresentUser {
  id: string;
  status: UserStatus;
  signInName: string;
  signInKey: string;
  emailKey: string | null;
  externalId: string | null;
  firstName: string;
  lastName: string;
  email: string | null;
  extension: string | null;
  phoneNumbers: string[];
  defaultNumberId: string | null;
  defaultNumber: string | null;
  department: string | null;
  title: string | null;
  managerId: string | null;
  manager: string | null;
  site: string | null;
  costCenter: string | null;
  customFields: Record<string, string>;
  locale: string | null;
  timeZone: string | null;
  startDate: string | null;
  lastDay: string | null;
  /** Those that hold in the whole organization. */
  roles: { id: string; key: string | null; name: string }[];
  groups: { id: string; name: string }[];
}

export interface Keys {
  ids?: readonly string[];
  externalIds?: readonly string[];
  signInKeys?: readonly string[];
}

/** The users with any of these keys, as they are now, in id order. */
export async function readPresentUsers(
  ctx: Context,
  { ids = [], externalIds = [], signInKeys = [] }: Keys,
): Promise<PresentUser[]> {
  const org = ctx.organizationId;
  const { rows } = await sql<PresentUser>`
    with wanted as materialized (
      select id from users where organization_id = ${org} and id = any(${[...ids]}::uuid[])
      union select id from users where organization_id = ${org} and external_id = any(${[...externalIds]}::text[]) and withdrawn_at is null
      union select id from users where organization_id = ${org} and sign_in_key = any(${[...signInKeys]}::text[]) and withdrawn_at is null
    )
    select u.id, u.status, u.sign_in_name as "signInName", u.sign_in_key as "signInKey", u.email_key as "emailKey",
      u.external_id as "externalId", u.first_name as "firstName", u.last_name as "lastName", u.email, u.extension,
      u.phone_numbers as "phoneNumbers", u.default_number_id as "defaultNumberId", n.e164 as "defaultNumber",
      u.department, u.title, u.manager_id as "managerId", btrim(m.first_name || ' ' || m.last_name) as manager, u.site,
      u.cost_center as "costCenter", u.custom_fields as "customFields", u.locale, u.time_zone as "timeZone",
      u.start_date as "startDate", u.last_day as "lastDay",
      coalesce((select json_agg(json_build_object('id', r.id, 'key', r.key, 'name', r.name) order by r.id)
        from role_assignments a join roles r on r.organization_id = a.organization_id and r.id = a.role_id
        where a.organization_id = ${org} and a.user_id = u.id and a.scope_kind = 'organization'
          and (a.valid_until is null or a.valid_until > ${ctx.now})), '[]') as roles,
      coalesce((select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name_key)
        from group_members gm join groups g on g.organization_id = gm.organization_id and g.id = gm.group_id
        where gm.organization_id = ${org} and gm.user_id = u.id), '[]') as groups
    from wanted w
    join users u on u.organization_id = ${org} and u.id = w.id
    left join users m on m.organization_id = ${org} and m.id = u.manager_id
    left join numbers n on n.organization_id = ${org} and n.id = u.default_number_id
    order by u.id`.execute(ctx.tx);
  return rows;
}
