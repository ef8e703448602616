import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { CheckedChange } from './check-user-change.ts';

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
