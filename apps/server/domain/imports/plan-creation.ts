import type { ImportFieldChange } from '@rollcall/contract/imports';
import type { Difference, Fields, WantedPerson } from './plan-changes.ts';
import type { Named } from './read-references.ts';

/** What a new user begins with, in the terms of the functions and in those of people. */
export function describeNewUser(wanted: WantedPerson, role: Named): Difference {
  const { role: _, groups, manager, defaultNumber, ...plain } = wanted;
  const after: Fields = {
    ...plain,
    roleIds: [role.id],
    ...(groups ? { groupIds: groups.map(({ id }) => id) } : {}),
    ...(manager ? { managerId: manager.id } : {}),
    ...(defaultNumber ? { defaultNumberId: defaultNumber.id } : {}),
  };
  const { phoneNumbers, customFields, ...texts } = plain;
  const shown: [string, string | undefined][] = [
    ...Object.entries(texts),
    ['phoneNumbers', phoneNumbers?.join('; ')],
    ['role', role.name],
    ['groups', groups?.map(({ name }) => name).join('; ')],
    ['manager', manager?.name],
    ['defaultOutboundNumber', defaultNumber?.name],
    ...Object.entries(customFields ?? {}).map(([name, value]): [string, string] => [
      `customFields.${name}`,
      value,
    ]),
  ];
  const changes = shown.flatMap(([field, value]): ImportFieldChange[] =>
    value ? [{ field, before: null, after: value }] : [],
  );
  return { effects: { before: {}, after }, changes };
}
