import { sql } from 'kysely';
import { AppError, invalidField } from '../../platform/errors.ts';
import {
  findLastAdministrators,
  holdAdministratorGuard,
  lastAdministrator,
} from '../access/guard-last-administrator.ts';
import { requirePermission } from '../access/require-permission.ts';
import { requireReason } from '../access/require-reason.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { appendOffBoardings } from './append-off-boardings.ts';
import type { AffectedGroup, Effects } from './effects.ts';
import { endEverything } from './end-everything.ts';
import { countAvailable, type Membership, readMemberships } from './read-group-routing.ts';
import { type Leaver, lockLeavers } from './read-leavers.ts';

export interface OffBoardingOptions {
  /** Why, or the ticket; without it the request's. */
  reason?: string | null | undefined;
  /** Who takes over the numbers; without one they are freed. */
  successorId?: string | null | undefined;
  /** When the source (identity provider, HR) had disabled the account, where it says so. */
  disabledAtSource?: Date;
}

export interface OffBoarded {
  outcomes: Outcome<{ userId: string; offBoardingId: string }>[];
  effects: Effects;
}

/** Deactivates a set of users and tells all that it did: what deactivating, its preview and its record share. */
export async function offBoard(
  ctx: Context,
  userIds: readonly string[],
  options: OffBoardingOptions,
): Promise<OffBoarded> {
  requirePermission(ctx, 'users:deactivate');
  const reason = await requireReason(ctx, options.reason);
  const guarded = await holdAdministratorGuard(ctx, userIds);
  const found = await lockLeavers(ctx, userIds);
  const employed = [...found.values()].filter((user) => user.status !== 'inactive');
  const last = guarded
    ? await findLastAdministrators(
        ctx,
        employed.map((user) => user.id),
      )
    : new Set<string>();
  const leavers = employed.filter((user) => !last.has(user.id));
  const ids = leavers.map((user) => user.id);
  const successor = await readSuccessor(ctx, options.successorId, ids);
  const memberships = await readMemberships(ctx, ids);
  const ended = await endEverything(ctx, ids, successor?.id ?? null);
  const groups = await readAffectedGroups(ctx, leavers, memberships);
  const elapsed = await readElapsed(ctx);
  const effects: Effects = { leavers, reason, successor, ended, memberships, groups, elapsed };
  const records = await appendOffBoardings(ctx, effects, options.disabledAtSource ?? null);
  const outcomes = userIds.map((userId): OffBoarded['outcomes'][number] => {
    const offBoardingId = records.get(userId);
    return offBoardingId
      ? { ok: true, userId, offBoardingId }
      : { ok: false, error: refusalOf(found.get(userId)) };
  });
  return { outcomes, effects };
}

function refusalOf(user: Leaver | undefined): AppError {
  if (!user) return new AppError('not_found', { detail: 'There is no agent with this id.' });
  if (user.status !== 'inactive') return lastAdministrator();
  return new AppError('wrong_status', { detail: `${user.name} is deactivated already.` });
}

async function readSuccessor(
  ctx: Context,
  successorId: string | null | undefined,
  leaving: readonly string[],
): Promise<Effects['successor']> {
  if (!successorId) return null;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, btrim(first_name || ' ' || last_name) as name from users
    where organization_id = ${ctx.organizationId} and id = ${successorId} and status = 'active' and withdrawn_at is null
    for share`.execute(ctx.tx);
  const successor = rows[0];
  if (!successor || leaving.includes(successor.id)) {
    throw invalidField(
      'successorId',
      'The successor is not an active agent who stays.',
      'Choose another one, or nobody to free the numbers.',
    );
  }
  return successor;
}

async function readAffectedGroups(
  ctx: Context,
  leavers: readonly Leaver[],
  memberships: readonly Membership[],
): Promise<AffectedGroup[]> {
  const callable = new Set(leavers.filter((user) => user.status === 'active').map((user) => user.id));
  const lost = new Map<string, AffectedGroup>();
  for (const { userId, groupId, groupName } of memberships) {
    if (!callable.has(userId)) continue;
    const group = lost.get(groupId) ?? {
      id: groupId,
      name: groupName,
      availableBefore: 0,
      availableAfter: 0,
    };
    group.availableBefore += 1;
    lost.set(groupId, group);
  }
  const after = await countAvailable(ctx, lost.keys());
  return [...lost.values()].map((group) => {
    const availableAfter = after.get(group.id) ?? 0;
    return { ...group, availableAfter, availableBefore: group.availableBefore + availableAfter };
  });
}

/** By the database's own clock at both ends, so that a wrong one on this machine falsifies nothing. */
async function readElapsed(ctx: Context): Promise<number> {
  const { rows } = await sql<{ milliseconds: number }>`
    select (extract(epoch from clock_timestamp() - transaction_timestamp()) * 1000)::float8 as milliseconds`.execute(
    ctx.tx,
  );
  return rows[0]!.milliseconds;
}
