import { sql } from 'kysely';
import type { Context } from '../context.ts';

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
