import type { UserFilters } from '@rollcall/contract/users-list';
import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';
import { currentInvitationState } from './current-invitation.ts';

/** Above this many, walking the list in its order finds a page sooner than sorting the ones that fit. */
const mostCandidates = 1000;

/** Conditions on `users u`. */
export interface UserFilter {
  /** Finds what fits through the indexes, however much that is. */
  whole: RawBuilder<boolean>;
  /** The same, for looking at one after the other in the order of the list; null where that gains nothing. */
  onTheWay: RawBuilder<boolean> | null;
}

/**
 * Makes conditions of a filter. Where one of its parts lets only a few through, those few are looked up first: a page
 * costs the same whether a thousand work here or a hundred thousand.
 */
export async function filterUsers(ctx: Context, filters: UserFilters): Promise<UserFilter> {
  const { status, roleId, groupId, invitationState, department } = filters;
  const search = filters.search?.trim() || undefined;
  const few = await findFew(ctx, { roleId, groupId, invitationState });
  const org = ctx.organizationId;
  const conditions = [
    sql<boolean>`u.organization_id = ${org} and u.withdrawn_at is null`,
    ...(few ? [sql<boolean>`u.id = any(${few}::uuid[])`] : []),
    ...(status ? [sql<boolean>`u.status = any(${status})`] : []),
    ...(department === undefined ? [] : [sql<boolean>`u.department_key = (select fold(${department}))`]),
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
  const joined = sql.join(conditions, sql` and `) as RawBuilder<boolean>;
  if (!search) return { whole: joined, onTheWay: null };
  const onTheWay = sql<boolean>`${joined} and ${isFoundOnTheWay(search)}`;
  return few
    ? { whole: onTheWay, onTheWay: null }
    : { whole: sql`${joined} and ${isFound(search)}`, onTheWay };
}

/** All whom a search finds, through its index. */
const isFound = (search: string) => sql<boolean>`u.id in (select search_users(search_patterns(${search})))`;

/** The same, without it. The coalesce is for the planner, which would expect next to nobody of the bare condition. */
const isFoundOnTheWay = (search: string) =>
  sql<boolean>`coalesce(u.search_text like all ((select search_patterns(${search}))::text[]), false)`;

/** The shortest list of those who fit one of the conditions, if one is short. */
async function findFew(
  ctx: Context,
  { roleId, groupId, invitationState }: Pick<UserFilters, 'roleId' | 'groupId' | 'invitationState'>,
): Promise<string[] | null> {
  const parts = [
    ...(roleId
      ? [
          sql`select array(select user_id from role_assignments
            where organization_id = ${ctx.organizationId} and role_id = ${roleId} limit ${mostCandidates + 1}) as ids`,
        ]
      : []),
    ...(groupId
      ? [
          sql`select array(select user_id from group_members
            where organization_id = ${ctx.organizationId} and group_id = ${groupId} limit ${mostCandidates + 1}) as ids`,
        ]
      : []),
    ...(invitationState
      ? [
          sql`select array(select user_id from invitations
            where organization_id = ${ctx.organizationId} and state = any(${invitationState}) and superseded_at is null
            limit ${mostCandidates + 1}) as ids`,
        ]
      : []),
  ];
  if (parts.length === 0) return null;
  const { rows } = await sql<{ ids: string[] }>`${sql.join(parts, sql` union all `)}`.execute(ctx.tx);
  const short = rows.map(({ ids }) => ids).filter((ids) => ids.length <= mostCandidates);
  return short.sort((a, b) => a.length - b.length)[0] ?? null;
}
