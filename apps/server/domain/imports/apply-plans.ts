import type { ImportOptions } from '@rollcall/contract/imports';
import type { Context } from '../context.ts';
import { changeMembers, type MemberChange } from '../groups/change-members.ts';
import { deactivateUsers } from '../off-boarding/deactivate-users.ts';
import type { Outcome } from '../outcome.ts';
import { changeRoles } from '../users/change-roles.ts';
import { createUsers } from '../users/create-users.ts';
import type { NewUser } from '../users/new-user.ts';
import { updateUsers } from '../users/update-users.ts';
import type { Effects, Fields } from './plan-changes.ts';
import type { RowPlan } from './plan-rows.ts';
import { settleRows } from './settle-rows.ts';

export type RowOutcome = Outcome<{ userId: string }>;
type Plan = Pick<RowPlan, 'position' | 'kind' | 'userId' | 'effects'>;

/**
 * Does what a portion of rows plans, by the functions that everybody else uses. The preview does it too and rolls it
 * back. First who changes, then who goes, then who comes: those who ask for an extension before those who take any.
 */
export async function applyPlans(
  ctx: Context,
  plans: readonly Plan[],
  options: ImportOptions,
): Promise<Map<number, RowOutcome>> {
  const outcomes = new Map<number, RowOutcome>();
  const run = async (some: readonly Plan[], work: (plans: readonly Plan[]) => Promise<RowOutcome[]>) => {
    const settled = await settleRows(ctx, some, work);
    for (const [index, plan] of some.entries()) outcomes.set(plan.position, settled[index]!);
  };
  const of = (kind: Plan['kind']) => plans.filter((plan) => plan.kind === kind);
  await run(of('change'), (some) => changeUsers(ctx, some));
  await run(of('deactivate'), (some) =>
    deactivateUsers(
      ctx,
      some.map(({ userId }) => userId!),
    ),
  );
  const [choosing, others] = [true, false].map((chosen) =>
    of('create').filter(({ effects }) => (effects!.after.extension !== undefined) === chosen),
  ) as [Plan[], Plan[]];
  await run(choosing, (some) => create(ctx, some, options));
  await run(others, (some) => create(ctx, some, options));
  return outcomes;
}

async function create(ctx: Context, plans: readonly Plan[], options: ImportOptions): Promise<RowOutcome[]> {
  const outcomes = await createUsers(
    ctx,
    plans.map(({ effects }) => newUserOf(effects!.after, options)),
  );
  return outcomes.map((outcome) => (outcome.ok ? { ok: true, userId: outcome.user.id } : outcome));
}

function newUserOf({ roleIds, customFields, ...fields }: Fields, { invite }: ImportOptions): NewUser {
  return { ...fields, customFields, role: roleIds![0]!, invite } as NewUser;
}

async function changeUsers(ctx: Context, plans: readonly Plan[]): Promise<RowOutcome[]> {
  return setFields(
    ctx,
    plans.map(({ userId, effects }) => ({ userId: userId!, ...(effects ?? { before: {}, after: {} }) })),
  );
}

export interface FieldSetting extends Effects {
  userId: string;
}

/** Sets the fields of `after`, where they were `before`: of the user, their role and their groups. */
export async function setFields(ctx: Context, settings: readonly FieldSetting[]): Promise<RowOutcome[]> {
  const outcomes = new Map<string, RowOutcome>(settings.map(({ userId }) => [userId, { ok: true, userId }]));
  const note = (userIds: readonly string[], results: readonly Outcome[]) => {
    for (const [index, result] of results.entries()) if (!result.ok) outcomes.set(userIds[index]!, result);
  };
  const roles = settings.flatMap(({ userId, after }) =>
    after.roleIds ? [{ userId, role: after.roleIds[0]! }] : [],
  );
  if (roles.length > 0) {
    note(
      roles.map(({ userId }) => userId),
      await changeRoles(ctx, roles),
    );
  }
  const members = settings.flatMap(memberChanges);
  if (members.length > 0) {
    note(
      members.map(({ userId }) => userId),
      await changeMembers(ctx, members),
    );
  }
  const fields = settings.flatMap(({ userId, after: { roleIds: _, groupIds: __, ...changes } }) =>
    Object.keys(changes).length > 0 ? [{ userId, changes }] : [],
  );
  if (fields.length > 0) {
    note(
      fields.map(({ userId }) => userId),
      await updateUsers(ctx, fields),
    );
  }
  return settings.map(({ userId }) => outcomes.get(userId)!);
}

function memberChanges({ userId, before, after }: FieldSetting): MemberChange[] {
  const [had, has] = [new Set(before.groupIds), new Set(after.groupIds)];
  return [
    ...[...had]
      .filter((id) => !has.has(id))
      .map((groupId) => ({ groupId, userId, change: 'remove' as const })),
    ...[...has].filter((id) => !had.has(id)).map((groupId) => ({ groupId, userId, change: 'add' as const })),
  ];
}
