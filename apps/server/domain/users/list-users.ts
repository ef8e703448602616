import type { ListUsersQuery, UserFilters, UserRow } from '@rollcall/contract/users-list';
import { type RawBuilder, sql } from 'kysely';
import { asInstant } from '../../db/as-instant.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { currentInvitationState } from './current-invitation.ts';
import { filterUsers } from './filter-users.ts';
import { cursorOf, isBehind, orderBy, placeOf, placeOfCursor } from './order-users.ts';

/** How many groups a line names; the count tells of the others. */
const mostGroupNames = 5;
/** How many lines are looked at one by one before the index is asked for all that fit. */
const longestWalk = 2000;

/** One value a line, read by the JSON parser at once; `place` stays text, because only the last line's is read. */
interface Line {
  line: UserRow;
  place: string;
}

/** One page of the list: keyset paging in any order, what it shows of each user in the same statement. */
export async function listUsers(
  ctx: Context,
  query: ListUsersQuery,
): Promise<{ items: UserRow[]; nextCursor: string | null }> {
  requirePermission(ctx, 'users:read');
  const place = query.cursor === undefined ? null : placeOfCursor(query, query.cursor);
  const filter = await filterUsers(ctx, query);
  const found = filter.onTheWay && (await walkToPage(ctx, query, filter.onTheWay, place));
  const condition = found
    ? sql`u.organization_id = ${ctx.organizationId} and u.id = any(${found}::uuid[])`
    : sql`${filter.whole}${isBehindPlace(query, place)}`;
  const { rows } = await sql<Line>`
    with page as materialized (
      select u.* from users u where ${condition}
      order by ${orderBy(query)} limit ${query.limit + 1}
    )
    select to_json(${placeOf(query)})::text as place, (select row_to_json(line) from (select u.id, u.version, u.first_name as "firstName", u.last_name as "lastName", u.email, u.sign_in_name as "signInName",
      u.status, u.extension, u.department, u.title, u.site, u.cost_center as "costCenter", u.availability,
      u.away_reason as "awayReason", u.start_date as "startDate", u.last_day as "lastDay", 
      ${asInstant(sql`u.created_at`)} as "createdAt",
      ${currentInvitationState} as "invitationState",
      (select ${asInstant(sql`max(s.last_seen_at)`)} from sessions s
        where s.organization_id = u.organization_id and s.user_id = u.id) as "lastSeenAt",
      (select coalesce(json_agg(json_build_object('id', r.id, 'key', r.key, 'name', r.name)), '[]') from role_assignments a
        join roles r on r.organization_id = a.organization_id and r.id = a.role_id
        where a.organization_id = u.organization_id and a.user_id = u.id
          and (a.valid_until is null or a.valid_until > ${ctx.now})) as roles,
      (select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name_key), '[]') from (
        select g.id, g.name, g.name_key from group_members m
        join groups g on g.organization_id = m.organization_id and g.id = m.group_id
        where m.organization_id = u.organization_id and m.user_id = u.id order by g.name_key limit ${mostGroupNames}) g) as groups,
      (select count(*) from group_members m where m.organization_id = u.organization_id and m.user_id = u.id) as "groupCount") line) as line
    from page u order by ${orderBy(query)}`.execute(ctx.tx);
  const lines = rows.slice(0, query.limit);
  return {
    items: lines.map(({ line }) => line),
    nextCursor: rows.length > query.limit ? cursorOf(query, JSON.parse(lines.at(-1)!.place)) : null,
  };
}

const isBehindPlace = (query: ListUsersQuery, place: string[] | null) =>
  place ? sql` and ${isBehind(query, place)}` : sql``;

/**
 * Where many fit, a page is full after a few steps through the list in its order, sooner than the index has found them
 * all. Null where it is not after a bounded walk: few fit, or they stand at the other end, as last names with Z do.
 */
async function walkToPage(
  ctx: Context,
  query: ListUsersQuery,
  fits: RawBuilder<boolean>,
  place: string[] | null,
): Promise<string[] | null> {
  const { rows } = await sql<{ id: string }>`
    select u.id from (
      select u.* from users u
      where u.organization_id = ${ctx.organizationId} and u.withdrawn_at is null${isBehindPlace(query, place)}
      order by ${orderBy(query)} limit ${longestWalk}
    ) u where ${fits} order by ${orderBy(query)} limit ${query.limit + 1}`.execute(ctx.tx);
  return rows.length > query.limit ? rows.map(({ id }) => id) : null;
}

export async function countUsers(ctx: Context, filters: UserFilters): Promise<number> {
  requirePermission(ctx, 'users:read');
  const { rows } = await sql<{ count: number }>`
    select count(*) from users u where ${(await filterUsers(ctx, filters)).whole}`.execute(ctx.tx);
  return rows[0]!.count;
}

/** Whom a filter reaches, for what is done to all of them; `most` ids at the most, in the order of their creation. */
export async function findUserIds(ctx: Context, filters: UserFilters, most: number): Promise<string[]> {
  requirePermission(ctx, 'users:read');
  const { rows } = await sql<{ id: string }>`
    select u.id from users u where ${(await filterUsers(ctx, filters)).whole} order by u.id limit ${most}`.execute(
    ctx.tx,
  );
  return rows.map(({ id }) => id);
}
