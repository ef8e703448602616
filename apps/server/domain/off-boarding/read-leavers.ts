import type { UserStatus } from '@rollcall/contract/users';
import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** A user who is about to leave, as the record will name them. */
export interface Leaver {
  id: string;
  name: string;
  signInName: string;
  email: string | null;
  department: string | null;
  title: string | null;
  status: UserStatus;
  availability: string;
  lastDay: string | null;
  roles: string[];
  directReports: number;
}

/** Locks these users in id order and reads them; one who is withdrawn or of another organization is not there. */
export async function lockLeavers(ctx: Context, userIds: readonly string[]): Promise<Map<string, Leaver>> {
  const { rows } = await sql<Leaver>`
    select u.id, btrim(u.first_name || ' ' || u.last_name) as name, u.sign_in_name as "signInName", u.email,
      u.department, u.title, u.status, u.availability, u.last_day as "lastDay",
      array(select r.name from role_assignments a
        join roles r on r.organization_id = a.organization_id and r.id = a.role_id
        where a.organization_id = u.organization_id and a.user_id = u.id order by r.name) as roles,
      (select count(*) from users m where m.organization_id = u.organization_id and m.manager_id = u.id
        and m.status <> 'inactive' and m.withdrawn_at is null) as "directReports"
    from users u
    where u.organization_id = ${ctx.organizationId} and u.id = any(${[...userIds]}::uuid[]) and u.withdrawn_at is null
    order by u.id for no key update of u`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}
