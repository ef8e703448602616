import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { CheckedChange } from './check-user-change.ts';

/** The fields of a user that may be edited, as they are stored. */
export interface UserFields {
  first_name: string;
  last_name: string;
  email: string | null;
  email_key: string | null;
  sign_in_name: string;
  sign_in_key: string;
  extension: string | null;
  phone_numbers: string[];
  default_number_id: string | null;
  department: string | null;
  title: string | null;
  manager_id: string | null;
  site: string | null;
  cost_center: string | null;
  custom_fields: Record<string, string>;
  locale: string | null;
  time_zone: string | null;
  external_id: string | null;
  start_date: string | null;
  last_day: string | null;
}

export interface StoredUser extends UserFields {
  id: string;
  version: number;
  status: string;
  group_ids: string[];
  is_administrator: boolean;
}

/** Reads users and keeps everybody else from changing them until this transaction ends. In id order: no deadlock. */
export async function lockUsers(ctx: Context, ids: readonly string[]): Promise<Map<string, StoredUser>> {
  const { rows } = await sql<StoredUser>`
    select u.id, u.version, u.status, u.first_name, u.last_name, u.email, u.email_key, u.sign_in_name, u.sign_in_key,
      u.extension, u.phone_numbers, u.default_number_id, u.department, u.title, u.manager_id, u.site, u.cost_center,
      u.custom_fields, u.locale, u.time_zone, u.external_id, u.start_date, u.last_day,
      array(select m.group_id from group_members m where m.organization_id = u.organization_id and m.user_id = u.id) as group_ids,
      exists (select from role_assignments a join roles r on r.organization_id = a.organization_id and r.id = a.role_id
        where a.organization_id = u.organization_id and a.user_id = u.id and r.key = 'administrator') as is_administrator
    from users u
    where u.organization_id = ${ctx.organizationId} and u.id = any(${[...ids]}::uuid[]) and u.withdrawn_at is null
    order by u.id for no key update of u`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes all fields of the changed users and makes the next version of each. */
export async function saveUsers(ctx: Context, changes: readonly CheckedChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ user, next }) => ({ ...next, id: user.id }));
  await sql`
    update users u set first_name = n.first_name, last_name = n.last_name, email = n.email, email_key = n.email_key,
      sign_in_name = n.sign_in_name, sign_in_key = n.sign_in_key, extension = n.extension, phone_numbers = n.phone_numbers,
      default_number_id = n.default_number_id, department = n.department, title = n.title, manager_id = n.manager_id,
      site = n.site, cost_center = n.cost_center, custom_fields = n.custom_fields, locale = n.locale,
      time_zone = n.time_zone, external_id = n.external_id, start_date = n.start_date, last_day = n.last_day,
      version = u.version + 1, updated_at = ${ctx.now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as n(id uuid, sign_in_name text, sign_in_key text, email text,
      email_key text, first_name text, last_name text, extension text, phone_numbers text[], default_number_id uuid,
      department text, title text, manager_id uuid, site text, cost_center text, custom_fields jsonb, locale text,
      time_zone text, external_id text, start_date date, last_day date)
    where u.organization_id = ${ctx.organizationId} and u.id = n.id`.execute(ctx.tx);
}

/** Gives those who want any extension the lowest free ones, as far as there are some; a warning where not. */
export async function takeExtensions(ctx: Context, changes: readonly CheckedChange[]): Promise<void> {
  const wanting = changes.filter(({ automaticExtension }) => automaticExtension);
  if (wanting.length === 0) return;
  const { rows } = await sql<{ extension: string }>`
    select t.extension from take_extensions(${ctx.organizationId}::uuid, ${wanting.length}) t
    where not exists (select from users u where u.organization_id = ${ctx.organizationId} and u.extension = t.extension
      and u.withdrawn_at is null)
    order by t.extension::integer`.execute(ctx.tx);
  wanting.forEach((change, index) => {
    const extension = rows[index]?.extension ?? null;
    change.next.extension = extension;
    change.after.extension = extension;
    if (extension !== null) return;
    delete change.after.extension;
    const message =
      'No extension was given: all of the organization’s range are taken. Widen the range in the settings.';
    change.warnings.push({ code: 'no_free_extension', field: 'extension', message });
  });
}
