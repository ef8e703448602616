import { isDeepStrictEqual } from 'node:util';
import type { FieldSetting } from './apply-plans.ts';
import type { PresentUser } from './match-users.ts';
import { type Effects, type Fields, sameSet } from './plan-changes.ts';

export interface Restoration {
  /** Null where nothing is to be put back. */
  setting: FieldSetting | null;
  /** Names what stays because somebody has changed it since. */
  note?: string;
}

/** What puts somebody back to how they were before these effects; what somebody has changed since stays as it is. */
export function restoreFields(
  user: PresentUser | undefined,
  effects: readonly (Effects | null)[],
): Restoration {
  if (!user) return { setting: null, note: 'This agent is not there any more.' };
  const setting: FieldSetting = { userId: user.id, before: {}, after: {} };
  const kept: string[] = [];
  for (const effect of effects) {
    if (effect) restore(user, effect, setting, kept);
  }
  const note = kept.length > 0 ? { note: `Changed by somebody since, and left: ${kept.join(', ')}.` } : {};
  return { setting: Object.keys(setting.after).length > 0 ? setting : null, ...note };
}

function restore(user: PresentUser, { before, after }: Effects, setting: FieldSetting, kept: string[]) {
  const { groupIds, roleIds, customFields, ...plain } = after;
  for (const field of Object.keys(plain) as (keyof typeof plain)[]) {
    if (isDeepStrictEqual(user[field], after[field]))
      Object.assign(setting.after, { [field]: before[field] });
    else kept.push(field);
  }
  if (roleIds) {
    const present = user.roles.map(({ id }) => id);
    // Several roles were given one by one, and a file gave one in their place: one alone can be put back.
    if (sameSet(present, roleIds) && before.roleIds?.length === 1) setting.after.roleIds = before.roleIds;
    else kept.push('role');
  }
  if (groupIds) restoreGroups(user, before.groupIds ?? [], groupIds, setting);
  for (const [name, value] of Object.entries(customFields ?? {})) {
    const restored: Fields['customFields'] = {
      ...setting.after.customFields,
      [name]: before.customFields![name]!,
    };
    if (user.customFields[name] === value) setting.after.customFields = restored;
    else kept.push(`customFields.${name}`);
  }
}

/** Only what the file did is taken back; groups that came or went since are as somebody wanted them. */
function restoreGroups(user: PresentUser, before: string[], after: string[], setting: FieldSetting) {
  const present = user.groups.map(({ id }) => id);
  const added = new Set(after.filter((id) => !before.includes(id)));
  const removed = before.filter((id) => !after.includes(id));
  const target = [...new Set([...present.filter((id) => !added.has(id)), ...removed])];
  if (sameSet(present, target)) return;
  setting.before.groupIds = present;
  setting.after.groupIds = target;
}
