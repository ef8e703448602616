import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { CheckedUser } from './check-new-user.ts';

/** Inserts all that clash with nobody, and answers the extension of each by id. Whoever is missing clashes. */
export async function insertUsers(
  ctx: Context,
  users: readonly CheckedUser[],
): Promise<Map<string, string | null>> {
  const org = ctx.organizationId;
  const { rows } = await sql<{ id: string; extension: string | null }>`
    with given as materialized (
      select g.*, case when g.automatic then row_number() over (partition by g.automatic order by g.position) end as turn
      from json_to_recordset(${JSON.stringify(users.map(rowOf))}::json) as g(position integer, id uuid, sign_in_name text,
        sign_in_key text, email text, email_key text, first_name text, last_name text, status text, automatic boolean,
        extension text, phone_numbers text[], default_number_id uuid, department text, title text, manager_id uuid,
        site text, cost_center text, custom_fields jsonb, locale text, time_zone text, external_id text,
        start_date date, last_day date)
    ), taken as materialized (
      select extension, row_number() over (order by extension::integer) as turn
      from take_extensions(${org}::uuid, (select count(*)::integer from given where automatic))
    ), inserted as (
      insert into users (organization_id, id, sign_in_name, sign_in_key, email, email_key, first_name, last_name, status,
        extension, phone_numbers, default_number_id, department, title, manager_id, site, cost_center, custom_fields,
        locale, time_zone, external_id, start_date, last_day)
      select ${org}::uuid, g.id, g.sign_in_name, g.sign_in_key, g.email, g.email_key, g.first_name, g.last_name, g.status,
        coalesce(g.extension, t.extension), g.phone_numbers, g.default_number_id, g.department, g.title, g.manager_id,
        g.site, g.cost_center, g.custom_fields, g.locale, g.time_zone, g.external_id, g.start_date, g.last_day
      from given g left join taken t on t.turn = g.turn
      order by g.position
      on conflict do nothing
      returning id, extension
    ), unused as materialized (
      -- Nearly always nobody: only then is the table of users looked at, whatever the planner believes of its size.
      select extension from taken except select extension from inserted
    ), given_back as (
      insert into free_extensions (organization_id, extension)
      select ${org}::uuid, n.extension::integer from unused n
      where not exists (select from users u
        where u.organization_id = ${org} and u.extension = n.extension and u.withdrawn_at is null)
      on conflict do nothing
    )
    select id, extension from inserted`.execute(ctx.tx);
  return new Map(rows.map(({ id, extension }) => [id, extension]));
}

function rowOf({ id, input, status, ...checked }: CheckedUser, position: number) {
  return {
    position,
    id,
    sign_in_name: checked.signInName,
    sign_in_key: checked.signInKey,
    email: input.email,
    email_key: checked.emailKey,
    first_name: input.firstName,
    last_name: input.lastName,
    status,
    automatic: checked.extension === undefined,
    extension: checked.extension,
    phone_numbers: input.phoneNumbers ?? [],
    default_number_id: input.defaultNumberId,
    department: input.department,
    title: input.title,
    manager_id: input.managerId,
    site: input.site,
    cost_center: input.costCenter,
    custom_fields: input.customFields ?? {},
    locale: input.locale,
    time_zone: input.timeZone,
    external_id: input.externalId,
    start_date: input.startDate,
    last_day: input.lastDay,
  };
}
