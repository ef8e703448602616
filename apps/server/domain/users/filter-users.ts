import type { UserFilters } from '@rollcall/contract/users-list';
import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';
import { currentInvitationState } from './current-invitation.ts';

/** Above this many, walking the list in its order finds a page sooner than sorting the ones that fit. */
const mostCandidates = 1000;

/**
 * The conditions of a filter on `users u`, to be joined by `and`. Where one of them lets only a few through, those few
 * are looked up first: a page costs the same whether a thousand work here or a hundred thousand.
 */
export async function filterUsers(ctx: Context, filters: UserFilters): Promise<RawBuilder<boolean>> {
  const { status, roleId, groupId, invitationState, department } = filters;
  const search = filters.search?.trim() || undefined;
  const few = await findFew(ctx, { search, roleId, groupId, invitationState });
  const org = ctx.organizationId;
  const conditions = [
    sql<boolean>`u.organization_id = ${org} and u.withdrawn_at is null`,
    ...(few ? [sql<boolean>`u.id = any(${few.ids}::uuid[])`] : []),
    ...(status ? [sql<boolean>`u.status = any(${status})`] : []),
    ...(department === undefined ? [] : [sql<boolean>`u.department_key = (select fold(${department}))`]),
    ...(search && few?.by !== 'search'
      ? [sql<boolean>`u.search_text like all ((select search_patterns(${search}))::text[])`]
      : []),
    ...(roleId
      ? [
          sql<boolean>`exists (select from role_assignments a where a.organization_id = ${org} and a.user_id = u.id
            and a.role_id = ${roleId} and (a.valid_until is null or a.valid_until > ${ctx.now}))`,
        ]
      : []),
    ...(groupId
      ? [
          sql<boolean>`exists (select from group_members m where m.organization_id = ${org} and m.group_id = ${groupId} and m.user_id = u.id)`,
        ]
      : []),
    ...(invitationState ? [sql<boolean>`${currentInvitationState} = any(${invitationState})`] : []),
  ];
  return sql.join(conditions, sql` and `);
}

/** The shortest list of those who fit one of the conditions, if one is short. */
async function findFew(
  ctx: Context,
  {
    search,
    roleId,
    groupId,
    invitationState,
  }: Pick<UserFilters, 'search' | 'roleId' | 'groupId' | 'invitationState'>,
) {
  const parts = [
    ...(search
      ? [
          sql`select 'search' as by, array(select search_users(search_patterns(${search}), ${mostCandidates + 1})) as ids`,
        ]
      : []),
    ...(roleId
      ? [
          sql`select 'role' as by, array(select user_id from role_assignments
            where organization_id = ${ctx.organizationId} and role_id = ${roleId} limit ${mostCandidates + 1}) as ids`,
        ]
      : []),
    ...(groupId
      ? [
          sql`select 'group' as by, array(select user_id from group_members
            where organization_id = ${ctx.organizationId} and group_id = ${groupId} limit ${mostCandidates + 1}) as ids`,
        ]
      : []),
    ...(invitationState
      ? [
          sql`select 'invitation' as by, array(select user_id from invitations
            where organization_id = ${ctx.organizationId} and state = any(${invitationState}) and superseded_at is null
            limit ${mostCandidates + 1}) as ids`,
        ]
      : []),
  ];
  if (parts.length === 0) return null;
  const { rows } = await sql<{ by: string; ids: string[] }>`${sql.join(parts, sql` union all `)}`.execute(
    ctx.tx,
  );
  const short = rows.filter(({ ids }) => ids.length <= mostCandidates);
  return short.sort((a, b) => a.ids.length - b.ids.length)[0] ?? null;
}
