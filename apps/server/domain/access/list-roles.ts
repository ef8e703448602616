import type { RoleView } from '@rollcall/contract/roles';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { requirePermission } from './require-permission.ts';

/** The roles of the organization with what they allow and how many have them; the built-in ones first. */
export async function listRoles(ctx: Context): Promise<RoleView[]> {
  requirePermission(ctx, 'users:read');
  const { rows } = await sql<RoleView>`
    select r.id, r.key, r.name, r.description,
      array(select p.permission from role_permissions p
        where p.organization_id = r.organization_id and p.role_id = r.id order by p.permission) as permissions,
      (select count(distinct u.id) from role_assignments a
        join users u on u.organization_id = a.organization_id and u.id = a.user_id
        where a.organization_id = r.organization_id and a.role_id = r.id and u.status <> 'inactive'
          and u.withdrawn_at is null and a.valid_from <= ${ctx.now}
          and (a.valid_until is null or a.valid_until > ${ctx.now})) as holders
    from roles r where r.organization_id = ${ctx.organizationId}
    order by r.key nulls last, r.name`.execute(ctx.tx);
  return rows;
}
