import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { Context } from '../context.ts';
import { actingUserId } from '../context.ts';

export interface RoleGrant {
  userId: string;
  roleId: string;
}

/** Gives roles in the whole organization; one that somebody has already stays as it is. */
export async function insertRoleAssignments(ctx: Context, grants: readonly RoleGrant[]): Promise<void> {
  if (grants.length === 0) return;
  const rows = grants.map((grant) => ({ id: newId(), user_id: grant.userId, role_id: grant.roleId }));
  await sql`
    insert into role_assignments (organization_id, id, user_id, role_id, valid_from, granted_by)
    select ${ctx.organizationId}::uuid, id, user_id, role_id, ${ctx.now}, ${actingUserId(ctx.actor)}::uuid
    from json_to_recordset(${JSON.stringify(rows)}::json) as g(id uuid, user_id uuid, role_id uuid)
    on conflict (organization_id, user_id, role_id, scope_kind, scope_id) do nothing`.execute(ctx.tx);
}
