import type { RoleReference, UserStatus, Warning } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { AppError, invalidField } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { requireReason } from '../access/require-reason.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { changeMembers, type MemberChange } from '../groups/change-members.ts';
import { createInvitations } from '../invitations/create-invitations.ts';
import type { Outcome } from '../outcome.ts';
import { endAccess } from '../sessions/end-access.ts';
import { type FoundRole, resolveReferences } from '../users/resolve-references.ts';
import { replaceFormerRoles } from './replace-former-roles.ts';

export interface Reactivation {
  userId: string;
  role: RoleReference;
  /** Exactly these groups; left out, the former ones stay. */
  groupIds?: readonly string[] | undefined;
}

interface Returning {
  id: string;
  name: string;
  firstName: string;
  lastName: string;
  signInName: string;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
  status: UserStatus;
  becomes: 'active' | 'invited';
  groups: string[];
}

/**
 * Brings deactivated users back with the role and the groups that were chosen for them; nothing else comes back: old
 * sessions, keys and links stay dead. Who never accepted, or has no way to sign in, is invited anew.
 * @returns an outcome for each, in their order; refused with `not_found`, `wrong_status` or `invalid_input`
 */
export async function reactivateUsers(
  ctx: Context,
  inputs: readonly Reactivation[],
  options: { reason?: string | undefined } = {},
): Promise<Outcome<{ id: string; status: UserStatus; warnings: Warning[] }>[]> {
  requirePermission(ctx, 'users:deactivate');
  requirePermission(ctx, 'roles:assign');
  const reason = await requireReason(ctx, options.reason);
  const found = await lockReturning(
    ctx,
    inputs.map((input) => input.userId),
  );
  const references = await resolveReferences(ctx, {
    roles: inputs.map((input) => input.role),
    groupIds: inputs.flatMap((input) => input.groupIds ?? []),
  });
  const refusals = inputs.map((input) => refusalOf(input, found.get(input.userId), references));
  const accepted = inputs.filter((_, index) => refusals[index] === null);
  const returning = accepted.map((input) => ({
    input,
    user: found.get(input.userId)!,
    role: references.role(input.role)!,
  }));
  await bringBack(ctx, returning, reason);
  const warnings = await inviteAnew(
    ctx,
    returning.map(({ user }) => user),
  );
  return inputs.map((input, index) => {
    const error = refusals[index];
    if (error) return { ok: false, error };
    return {
      ok: true,
      id: input.userId,
      status: found.get(input.userId)!.becomes,
      warnings: warnings.get(input.userId) ?? [],
    };
  });
}

/** Who cannot sign in gets a new invitation; one without an address is back all the same, and a link can be copied. */
async function inviteAnew(ctx: Context, users: readonly Returning[]): Promise<Map<string, Warning[]>> {
  const invitees = users.filter((user) => user.becomes === 'invited');
  const outcomes = await createInvitations(
    ctx,
    invitees.map((user) => ({ ...user, userId: user.id })),
  );
  return new Map(
    outcomes.flatMap((outcome, index) =>
      outcome.ok
        ? []
        : [
            [
              invitees[index]!.id,
              [{ code: 'not_invited', field: 'email', message: outcome.error.message }],
            ] as const,
          ],
    ),
  );
}

async function bringBack(
  ctx: Context,
  returning: readonly { input: Reactivation; user: Returning; role: FoundRole }[],
  reason: string | null,
): Promise<void> {
  if (returning.length === 0) return;
  const users = returning.map(({ user }) => user.id);
  // A sign-in that raced the deactivation may have left something: it must not come to life with its user.
  await endAccess(ctx, users, 'deactivated');
  await replaceFormerRoles(
    ctx,
    returning.map(({ user, role }) => ({ userId: user.id, userName: user.name, role })),
    reason,
  );
  await changeMembers(
    ctx,
    returning.flatMap(({ user, input }) => memberChanges(user, input.groupIds)),
  );
  await sql`
    update users u set status = r.status, deactivated_at = null, updated_at = ${ctx.now}, version = u.version + 1,
      last_day = case when u.last_day >= (${ctx.now}::timestamptz at time zone o.time_zone)::date then u.last_day end
    from json_to_recordset(${JSON.stringify(returning.map(({ user }) => ({ id: user.id, status: user.becomes })))}::json)
      as r(id uuid, status text), organizations o
    where u.organization_id = ${ctx.organizationId} and u.id = r.id and o.id = u.organization_id`.execute(
    ctx.tx,
  );
  const noted = returning.map(({ user, role }) => ({ user_id: user.id, role_name: role.name }));
  await sql`
    insert into reactivations (organization_id, off_boarding_id, reactivated_at, by_name, reason, role_name)
    select ${ctx.organizationId}::uuid, latest.id, ${ctx.now}, ${'name' in ctx.actor ? ctx.actor.name : ''}, ${reason}, r.role_name
    from json_to_recordset(${JSON.stringify(noted)}::json) as r(user_id uuid, role_name text)
    join lateral (select o.id from off_boardings o where o.organization_id = ${ctx.organizationId} and o.user_id = r.user_id
      order by o.id desc limit 1) latest on true
    on conflict (organization_id, off_boarding_id) do nothing`.execute(ctx.tx);
  await appendAuditEvents(
    ctx,
    returning.map(({ user, role, input }) => ({
      action: 'user.reactivated',
      target: { kind: 'user', id: user.id, name: user.name },
      before: { status: 'inactive' },
      after: { status: user.becomes, role: role.name, groupIds: input.groupIds ?? user.groups },
      ...(reason === null ? {} : { reason }),
    })),
  );
}

function memberChanges(user: Returning, wanted: readonly string[] | undefined): MemberChange[] {
  if (!wanted) return [];
  const add = [...new Set(wanted)].filter((id) => !user.groups.includes(id));
  const remove = user.groups.filter((id) => !wanted.includes(id));
  return [
    ...add.map((groupId) => ({ groupId, userId: user.id, change: 'add' as const })),
    ...remove.map((groupId) => ({ groupId, userId: user.id, change: 'remove' as const })),
  ];
}

function refusalOf(
  { role, groupIds = [] }: Reactivation,
  user: Returning | undefined,
  references: Awaited<ReturnType<typeof resolveReferences>>,
): AppError | null {
  if (!user) return new AppError('not_found', { detail: 'There is no agent with this id.' });
  if (user.status !== 'inactive')
    return new AppError('wrong_status', { detail: `${user.name} is not deactivated.` });
  if (!references.role(role))
    return invalidField('role', 'There is no such role in this organization.', 'Choose one from the list.');
  const unknown = groupIds.findIndex((id) => !references.groups.has(id));
  if (unknown < 0) return null;
  return invalidField(
    `groupIds.${unknown}`,
    'There is no such group in this organization.',
    'Choose one from the list.',
  );
}

async function lockReturning(ctx: Context, userIds: readonly string[]): Promise<Map<string, Returning>> {
  const { rows } = await sql<Returning>`
    select u.id, btrim(u.first_name || ' ' || u.last_name) as name, u.status, u.first_name as "firstName",
      u.last_name as "lastName", u.sign_in_name as "signInName", u.email, u.locale, u.time_zone as "timeZone",
      case when u.accepted_at is not null and exists (select from user_credentials c
        where c.organization_id = u.organization_id and c.user_id = u.id) then 'active' else 'invited' end as becomes,
      array(select m.group_id::text from group_members m
        where m.organization_id = u.organization_id and m.user_id = u.id) as groups
    from users u
    where u.organization_id = ${ctx.organizationId} and u.id = any(${[...userIds]}::uuid[]) and u.withdrawn_at is null
    order by u.id for no key update of u`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}
