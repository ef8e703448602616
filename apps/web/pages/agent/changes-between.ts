import type { UserProfile } from '@rollcall/contract/users';

/** Fields of a profile that people change, as `agents.fields` names them. */
export const changeableFields = [
  'firstName',
  'lastName',
  'email',
  'signInName',
  'extension',
  'phoneNumbers',
  'defaultNumber',
  'department',
  'title',
  'manager',
  'site',
  'costCenter',
  'customFields',
  'locale',
  'timeZone',
  'externalId',
  'startDate',
  'lastDay',
] as const;

export interface Change {
  field: (typeof changeableFields)[number];
  before: string;
  after: string;
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value !== 'object') return String(value);
  if ('name' in value) return String(value.name);
  if ('e164' in value) return String(value.e164);
  return Object.entries(value)
    .map(([key, one]) => `${key}: ${inWords(one)}`)
    .join(', ');
}

/** What is different between two states of a profile, in words. */
export function changesBetween(before: UserProfile, after: UserProfile): Change[] {
  return changeableFields.flatMap((field) => {
    const change = { field, before: inWords(before[field]), after: inWords(after[field]) };
    return change.before === change.after ? [] : [change];
  });
}
