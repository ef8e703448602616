import type { InvitationRow, InvitationView, ListInvitationsQuery } from '@rollcall/contract/invitations';
import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { explainInvitation } from './explain-invitation.ts';
import { noSuchAgent } from './void-invitations.ts';

/** After so long in the outbox, something is wrong. */
const mostMinutesQueued = 15;

/** The invitations of one user, newest first. @throws AppError `forbidden`, `not_found` */
export async function listInvitationsOfUser(
  ctx: Context,
  userId: string,
): Promise<{ items: InvitationView[] }> {
  requirePermission(ctx, 'users:read');
  const user = await sql`
    select 1 from users where organization_id = ${ctx.organizationId} and id = ${userId} and withdrawn_at is null`.execute(
    ctx.tx,
  );
  if (user.rows.length === 0) throw noSuchAgent();
  const lines = await read(ctx, sql`i.user_id = ${userId} order by i.id desc`);
  return { items: lines.map(({ userName: _, ...view }) => view) };
}

/** One invitation of this organization. */
export async function readInvitation(ctx: Context, id: string): Promise<InvitationView> {
  requirePermission(ctx, 'users:read');
  const [line] = await read(ctx, sql`i.id = ${id}`);
  const { userName: _, ...view } = line!;
  return view;
}

/**
 * A page of the current invitations, newest first; all of them, those in some states, or the stuck ones.
 * @throws AppError `forbidden` without `users:read`
 */
export async function listInvitations(
  ctx: Context,
  query: ListInvitationsQuery,
): Promise<{ items: InvitationRow[]; nextCursor: string | null }> {
  requirePermission(ctx, 'users:read');
  const { cursor, limit, state, stuck } = query;
  if (cursor !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) {
    throw new AppError('invalid_cursor', { detail: 'Start again from the first page, without a cursor.' });
  }
  const conditions = [
    sql`i.superseded_at is null and u.withdrawn_at is null`,
    ...(state ? [sql`i.state = any(${state}::text[])`] : []),
    ...(stuck ? [sql`i.state in ('queued', 'refused', 'bounced', 'expired')`] : []),
    ...(stuck === undefined ? [] : [sql`${isStuck(ctx.now)} = ${stuck}::boolean`]),
    ...(cursor === undefined ? [] : [sql`i.id < ${cursor}`]),
  ];
  const lines = await read(
    ctx,
    sql`${sql.join(conditions, sql` and `)} order by i.id desc limit ${limit + 1}`,
  );
  const items = lines.slice(0, limit);
  return { items, nextCursor: lines.length > limit ? items.at(-1)!.id : null };
}

/** How many will not be accepted unless somebody does something. @throws AppError `forbidden` without `users:read` */
export async function countStuckInvitations(ctx: Context): Promise<number> {
  requirePermission(ctx, 'users:read');
  const { rows } = await sql<{ count: number }>`
    select count(*) from invitations i
    join lateral (
      select u.first_name, u.last_name, u.status, u.withdrawn_at from users u
      where u.organization_id = i.organization_id and u.id = i.user_id offset 0) u on true
    left join lateral (
      select m.state from mails m
      where m.organization_id = i.organization_id and m.invitation_id = i.id order by m.id desc limit 1) m on true
    where i.organization_id = ${ctx.organizationId} and u.withdrawn_at is null and ${isStuck(ctx.now)}`.execute(
    ctx.tx,
  );
  return rows[0]!.count;
}

/** Of the invitation `i` to the user `u` with its latest mail `m`: nobody will accept it unless somebody helps. */
function isStuck(now: Date): RawBuilder<boolean> {
  return sql<boolean>`(i.superseded_at is null and u.status = 'invited' and (i.state in ('refused', 'bounced', 'expired')
    or i.state = 'queued' and (m.state in ('deferred', 'kept')
      or i.created_at < ${now}::timestamptz - make_interval(mins => ${mostMinutesQueued}))))`;
}

interface Line extends Omit<InvitationRow, 'reason' | 'mailState'> {
  words: string | null;
  mailState: InvitationRow['mailState'];
  mailWords: string | null;
}

/**
 * "offset 0" fences the look-up of the user: right after an import, before the tables are analysed, the planner would
 * rather go through all who are invited for each invitation.
 */
async function read(ctx: Context, condition: RawBuilder<unknown>): Promise<InvitationRow[]> {
  const { rows } = await sql<Line>`
    select i.id, i.user_id as "userId", i.email, i.delivery, i.state, i.words, i.invited_by_name as "invitedBy",
      m.state as "mailState", m.words as "mailWords", i.superseded_at is null as current,
      ${isStuck(ctx.now)} as stuck, btrim(u.first_name || ' ' || u.last_name) as "userName",
      i.created_at as "createdAt", i.expires_at as "expiresAt", i.sent_at as "sentAt", i.refused_at as "refusedAt",
      i.bounced_at as "bouncedAt", i.visited_at as "visitedAt", i.reminded_at as "remindedAt",
      i.accepted_at as "acceptedAt", i.expired_at as "expiredAt", i.revoked_at as "revokedAt"
    from invitations i
    join lateral (
      select u.first_name, u.last_name, u.status, u.withdrawn_at from users u
      where u.organization_id = i.organization_id and u.id = i.user_id offset 0) u on true
    left join lateral (
      select m.state, m.words from mails m
      where m.organization_id = i.organization_id and m.invitation_id = i.id order by m.id desc limit 1) m on true
    where i.organization_id = ${ctx.organizationId} and ${condition}`.execute(ctx.tx);
  return rows.map(({ words, mailWords, ...line }) => ({
    ...withInstants(line),
    reason: explainInvitation({ ...line, words, mailWords }),
  }));
}

const instants = [
  'createdAt',
  'expiresAt',
  'sentAt',
  'refusedAt',
  'bouncedAt',
  'visitedAt',
  'remindedAt',
  'acceptedAt',
  'expiredAt',
  'revokedAt',
] as const;

/** The driver answers a Date where the contract has its text. */
function withInstants<T extends Record<(typeof instants)[number], unknown>>(line: T): T {
  const written = { ...line };
  for (const name of instants) {
    const value: unknown = line[name];
    if (value instanceof Date) Object.assign(written, { [name]: value.toISOString() });
  }
  return written;
}
