import type { OffBoardingPreview } from '@rollcall/contract/off-boarding';
import { digestOf } from '../../platform/digest.ts';
import type { Context } from '../context.ts';
import { describeKept, describeTasks } from './describe-record.ts';
import { type OffBoarded, type OffBoardingOptions, offBoard } from './off-board.ts';

/** What deactivating these users does. Call in a transaction that is rolled back: this does it. */
export async function previewOffBoarding(
  ctx: Context,
  userIds: readonly string[],
  options: OffBoardingOptions,
): Promise<OffBoardingPreview> {
  // A preview comes before the reason is typed.
  const done = await offBoard(ctx, userIds, { ...options, reason: options.reason ?? 'Preview' });
  return describeEffects(userIds, done);
}

/** The same answer from what has been done, so that a preview's digest can be compared in the change itself. */
export function describeEffects(
  userIds: readonly string[],
  { outcomes, effects }: OffBoarded,
): OffBoardingPreview {
  const { leavers, ended, successor } = effects;
  const byId = new Map(leavers.map((user) => [user.id, user]));
  const seats = leavers.filter((user) => user.status !== 'scheduled').length;
  const preview = {
    users: userIds.map((id, index) => {
      const outcome = outcomes[index]!;
      return {
        id,
        name: byId.get(id)?.name ?? '',
        status: byId.get(id)?.status ?? null,
        refusal: outcome.ok ? null : { code: outcome.error.code, detail: outcome.error.message },
      };
    }),
    sessions: ended.sessions.map((session) => ({
      ...session,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
    })),
    apiKeys: ended.keys.map((key) => ({ ...key, lastUsedAt: key.lastUsedAt?.toISOString() ?? null })),
    openInvitations: ended.invitations.length,
    groups: effects.groups.map((group) => ({
      ...group,
      leftWithoutAvailableMember: group.availableAfter === 0,
    })),
    numbers: ended.numbers,
    successor,
    kept: describeKept(effects, leavers),
    manualCleanUp: leavers.length > 0 ? describeTasks(effects, leavers) : [],
    seat: {
      text:
        seats === 0
          ? 'No seat was taken, so none becomes free.'
          : `${seats === 1 ? 'One seat becomes' : `${seats} seats become`} free at the next billing cycle. There is no refund for the current one.`,
    },
  };
  return { ...preview, digest: digestOf(essence(preview)) };
}

/** What the digest stands for. Not when something was last seen: looking at the preview itself changes that. */
function essence(preview: Omit<OffBoardingPreview, 'digest'>): unknown {
  return {
    users: preview.users.map((user) => [user.id, user.status, user.refusal?.code]),
    sessions: preview.sessions.map((session) => session.id).sort(),
    apiKeys: preview.apiKeys.map((key) => key.id).sort(),
    openInvitations: preview.openInvitations,
    groups: preview.groups.map((group) => [group.id, group.leftWithoutAvailableMember]).sort(),
    numbers: preview.numbers.map((number) => [number.id, number.use, number.becomes]).sort(),
    successor: preview.successor?.id,
    tasks: preview.manualCleanUp.map((task) => task.key),
  };
}
