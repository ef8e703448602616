import type { ChangeMembersInput, MembersChange } from '@rollcall/contract/groups';
import type { Context } from '../context.ts';
import { changeMembers, type MemberChange } from './change-members.ts';
import { readGroup } from './read-group.ts';
import { warnOfEmptyGroups } from './warn-of-empty-groups.ts';

/** Adds to and removes from one group in one change, and tells each outcome. @throws AppError `not_found` */
export async function changeGroup(
  ctx: Context,
  groupId: string,
  { add = [], remove = [] }: Pick<ChangeMembersInput, 'add' | 'remove'>,
): Promise<MembersChange> {
  const changes: MemberChange[] = [
    ...[...new Set(remove)].map((userId) => ({ groupId, userId, change: 'remove' as const })),
    ...[...new Set(add)].map((userId) => ({ groupId, userId, change: 'add' as const })),
  ];
  const { numbers: _, ...group } = await readGroup(ctx, groupId);
  const outcomes = await changeMembers(ctx, changes);
  const { numbers: __, ...after } =
    outcomes.length > 0 ? await readGroup(ctx, groupId) : { ...group, numbers: [] };
  return {
    outcomes: changes.map(({ userId, change }, index) => {
      const outcome = outcomes[index]!;
      return {
        userId,
        change,
        changed: outcome.ok && outcome.changed,
        error: outcome.ok ? null : { code: outcome.error.code, detail: outcome.error.message },
      };
    }),
    group: after,
    warnings: await warnOfEmptyGroups(ctx, [groupId]),
  };
}
