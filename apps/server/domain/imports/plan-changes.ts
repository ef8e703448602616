import type { ImportFieldChange } from '@rollcall/contract/imports';
import { normaliseSignInName } from '@rollcall/contract/person-fields';
import type { PresentUser } from './match-users.ts';
import type { ImportedPerson } from './parse-row.ts';
import type { Named } from './read-references.ts';

/** A row whose words have been found: what it wants of a person, in the terms of the functions that change it. */
export interface WantedPerson
  extends Omit<ImportedPerson, 'role' | 'groups' | 'manager' | 'defaultNumber' | 'status'> {
  role?: Named;
  groups?: Named[];
  manager?: Named;
  defaultNumber?: Named;
}

/** The fields of a change before or after it. Ids and raw values, so that the functions take them and undo can compare. */
export interface Fields {
  firstName?: string;
  lastName?: string;
  email?: string | null;
  signInName?: string;
  extension?: string | null;
  phoneNumbers?: string[];
  defaultNumberId?: string | null;
  department?: string | null;
  title?: string | null;
  managerId?: string | null;
  site?: string | null;
  costCenter?: string | null;
  customFields?: Record<string, string | null>;
  locale?: string | null;
  timeZone?: string | null;
  externalId?: string | null;
  startDate?: string | null;
  lastDay?: string | null;
  roleIds?: string[];
  groupIds?: string[];
}
export interface Effects {
  before: Fields;
  after: Fields;
}
export interface Difference {
  effects: Effects;
  changes: ImportFieldChange[];
}

const plainFields = [
  'firstName',
  'lastName',
  'extension',
  'department',
  'title',
  'site',
  'costCenter',
  'locale',
  'timeZone',
  'externalId',
  'startDate',
  'lastDay',
] as const;

/** What would change of somebody, field by field; nothing where it is so already. */
export function findDifference(
  present: PresentUser,
  wanted: WantedPerson,
  groupsMode: 'add' | 'replace',
): Difference | null {
  const effects: Effects = { before: {}, after: {} };
  const changes: ImportFieldChange[] = [];
  const note = (
    field: keyof Fields,
    before: unknown,
    after: unknown,
    shownBefore: string | null,
    shownAfter: string | null,
  ) => {
    Object.assign(effects.before, { [field]: before });
    Object.assign(effects.after, { [field]: after });
    changes.push({ field: fieldNames[field] ?? field, before: shownBefore, after: shownAfter });
  };
  for (const field of plainFields) {
    const value = wanted[field];
    if (value !== undefined && value !== present[field])
      note(field, present[field], value, present[field], value);
  }
  noteNames(present, wanted, note);
  if (wanted.phoneNumbers && !sameSet(wanted.phoneNumbers, present.phoneNumbers)) {
    note(
      'phoneNumbers',
      present.phoneNumbers,
      wanted.phoneNumbers,
      present.phoneNumbers.join('; '),
      wanted.phoneNumbers.join('; '),
    );
  }
  if (wanted.manager && wanted.manager.id !== present.managerId) {
    note('managerId', present.managerId, wanted.manager.id, present.manager, wanted.manager.name);
  }
  if (wanted.defaultNumber && wanted.defaultNumber.id !== present.defaultNumberId) {
    note(
      'defaultNumberId',
      present.defaultNumberId,
      wanted.defaultNumber.id,
      present.defaultNumber,
      wanted.defaultNumber.name,
    );
  }
  const roleIds = present.roles.map(({ id }) => id);
  if (wanted.role && !sameSet([wanted.role.id], roleIds)) {
    note('roleIds', roleIds, [wanted.role.id], namesOf(present.roles), wanted.role.name);
  }
  if (wanted.groups) {
    const kept = groupsMode === 'add' ? present.groups : [];
    const groups = [...new Map([...kept, ...wanted.groups].map((group) => [group.id, group])).values()];
    const [before, after] = [present.groups, groups].map((list) => list.map(({ id }) => id).sort()) as [
      string[],
      string[],
    ];
    if (!sameSet(before, after)) note('groupIds', before, after, namesOf(present.groups), namesOf(groups));
  }
  noteCustomFields(present, wanted, effects, changes);
  return changes.length > 0 ? { effects, changes } : null;
}

/** Fields that people know by another name than the functions. */
const fieldNames: Partial<Record<keyof Fields, string>> = {
  managerId: 'manager',
  defaultNumberId: 'defaultOutboundNumber',
  roleIds: 'role',
  groupIds: 'groups',
};

type Note = (
  field: keyof Fields,
  before: unknown,
  after: unknown,
  shownBefore: string | null,
  shownAfter: string | null,
) => void;

/** Another letter case is no change. A sign-in name that was the e-mail address follows it. */
function noteNames(present: PresentUser, wanted: WantedPerson, note: Note) {
  const emailKey = wanted.email === undefined ? undefined : normaliseSignInName(wanted.email);
  if (emailKey !== undefined && emailKey !== present.emailKey) {
    note('email', present.email, wanted.email, present.email, wanted.email!);
  }
  const follows = present.signInKey === present.emailKey ? wanted.email : undefined;
  const signInName = wanted.signInName ?? follows;
  if (signInName !== undefined && normaliseSignInName(signInName) !== present.signInKey) {
    note('signInName', present.signInName, signInName, present.signInName, signInName);
  }
}

function noteCustomFields(
  present: PresentUser,
  wanted: WantedPerson,
  effects: Effects,
  changes: ImportFieldChange[],
) {
  for (const [name, value] of Object.entries(wanted.customFields ?? {})) {
    const before = present.customFields[name] ?? null;
    if (before === value) continue;
    effects.before.customFields = { ...effects.before.customFields, [name]: before };
    effects.after.customFields = { ...effects.after.customFields, [name]: value };
    changes.push({ field: `customFields.${name}`, before, after: value });
  }
}

const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name).join('; ') || null;

export function sameSet(left: readonly string[], right: readonly string[]): boolean {
  const set = new Set(left);
  return set.size === new Set(right).size && right.every((value) => set.has(value));
}
