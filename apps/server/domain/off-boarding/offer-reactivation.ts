import type { ReactivationOffer } from '@rollcall/contract/off-boarding';
import type { UserStatus } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';

interface Found {
  name: string;
  status: UserStatus;
  becomes: 'active' | 'invited';
  roles: { id: string; key: 'administrator' | 'agent' | null; name: string }[];
  groups: { id: string; name: string }[];
}

/**
 * What the reactivate dialog offers: the former roles and groups. An administrator's role is never preselected.
 * @throws AppError `not_found`, `wrong_status`
 */
export async function offerReactivation(ctx: Context, userId: string): Promise<ReactivationOffer> {
  requirePermission(ctx, 'users:deactivate');
  const { rows } = await sql<Found>`
    select btrim(u.first_name || ' ' || u.last_name) as name, u.status,
      case when u.accepted_at is not null and c.user_id is not null then 'active' else 'invited' end as becomes,
      coalesce((select json_agg(json_build_object('id', r.id, 'key', r.key, 'name', r.name) order by r.name)
        from role_assignments a join roles r on r.organization_id = a.organization_id and r.id = a.role_id
        where a.organization_id = u.organization_id and a.user_id = u.id and a.scope_kind = 'organization'), '[]') as roles,
      coalesce((select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name_key)
        from group_members m join groups g on g.organization_id = m.organization_id and g.id = m.group_id
        where m.organization_id = u.organization_id and m.user_id = u.id), '[]') as groups
    from users u
    left join user_credentials c on c.organization_id = u.organization_id and c.user_id = u.id
    where u.organization_id = ${ctx.organizationId} and u.id = ${userId} and u.withdrawn_at is null`.execute(
    ctx.tx,
  );
  const user = rows[0];
  if (!user) throw new AppError('not_found', { detail: 'There is no agent with this id.' });
  if (user.status !== 'inactive')
    throw new AppError('wrong_status', { detail: `${user.name} is not deactivated.` });
  return {
    becomes: user.becomes,
    roles: user.roles.map((role) => ({ ...role, preselected: role.key !== 'administrator' })),
    groups: user.groups.map((group) => ({ ...group, preselected: true })),
  };
}
