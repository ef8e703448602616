import { sql } from 'kysely';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';

/** The most departments that are offered as a choice. */
const most = 200;

/** The departments that agents are in, by name, each as somebody wrote it; the first 200. */
export async function listDepartments(ctx: Context): Promise<string[]> {
  requirePermission(ctx, 'users:read');
  // From one department to the next by the index, never through all the agents of one.
  const { rows } = await sql<{ department: string }>`
    with recursive found as (
      (select u.department_key, u.department from users u
        where u.organization_id = ${ctx.organizationId} and u.withdrawn_at is null and u.department_key > ''
        order by u.department_key limit 1)
      union all
      select next.* from found, lateral (
        select u.department_key, u.department from users u
        where u.organization_id = ${ctx.organizationId} and u.withdrawn_at is null
          and u.department_key > found.department_key
        order by u.department_key limit 1) next
    )
    select department from found limit ${most}`.execute(ctx.tx);
  return rows.map((row) => row.department);
}
