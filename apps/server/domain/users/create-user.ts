import type { CreatedUser, CreateUserInput, Warning } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { unwrap } from '../outcome.ts';
import { fieldsFault, noSuch } from './check-new-user.ts';
import { createUsers } from './create-users.ts';
import type { NewUser } from './new-user.ts';

/** Adds one user; what is left out comes from the user to copy from, where there is one. */
export async function createUser(ctx: Context, input: CreateUserInput): Promise<CreatedUser> {
  const { copyFrom, ...given } = input;
  const copied = copyFrom === undefined ? null : await readSettingsToCopy(ctx, copyFrom);
  const { user } = unwrap(await createUsers(ctx, [{ role: 'agent', ...copied?.settings, ...given }]));
  const warnings = given.role === undefined ? (copied?.warnings ?? []) : [];
  return { ...user, warnings: [...warnings, ...user.warnings] };
}

type CopiedSettings = Pick<
  NewUser,
  'role' | 'groupIds' | 'department' | 'site' | 'costCenter' | 'locale' | 'timeZone'
>;

/** An administrator's role is never copied: it is given only where somebody chooses it. */
async function readSettingsToCopy(
  ctx: Context,
  userId: string,
): Promise<{ settings: CopiedSettings; warnings: Warning[] }> {
  requirePermission(ctx, 'users:read');
  const { rows } = await sql<CopiedSettings & { name: string; roles: { id: string; key: string | null }[] }>`
    select btrim(u.first_name || ' ' || u.last_name) as name, u.department, u.site, u.cost_center as "costCenter", u.locale,
      u.time_zone as "timeZone",
      array(select m.group_id from group_members m where m.organization_id = u.organization_id and m.user_id = u.id) as "groupIds",
      coalesce((select json_agg(json_build_object('id', r.id, 'key', r.key)) from role_assignments a
        join roles r on r.organization_id = a.organization_id and r.id = a.role_id
        where a.organization_id = u.organization_id and a.user_id = u.id and a.scope_kind = 'organization'
          and (a.valid_until is null or a.valid_until > ${ctx.now})), '[]') as roles
    from users u
    where u.organization_id = ${ctx.organizationId} and u.id = ${userId} and u.withdrawn_at is null`.execute(
    ctx.tx,
  );
  if (!rows[0]) throw fieldsFault([noSuch('copyFrom', 'agent')]);
  const { name, roles, ...settings } = rows[0];
  const role = roles.find(({ key }) => key !== 'administrator')?.id ?? 'agent';
  if (!roles.some(({ key }) => key === 'administrator'))
    return { settings: { ...settings, role }, warnings: [] };
  const message = `${name} is an administrator. The new agent is not: choose that role yourself where it is meant.`;
  return {
    settings: { ...settings, role },
    warnings: [{ code: 'administrator_not_copied', field: 'role', message }],
  };
}
