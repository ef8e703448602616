import type { UserProfile } from '@rollcall/contract/users';
import type { components } from '../../../api/schema.gen.ts';

/** The form's values; a type and not an interface, so that it is a record of fields. */
export type NewAgent = {
  firstName: string;
  lastName: string;
  email: string;
  role: string | null;
  groupIds: string[];
  extensionKind: 'auto' | 'none' | 'own';
  extension: string;
  phoneNumbers: string[];
  numberIds: string[];
  defaultNumberId: string | null;
  department: string;
  title: string;
  managerId: string | null;
  site: string;
  costCenter: string;
  customFields: { name: string; value: string }[];
  locale: string | null;
  timeZone: string | null;
  startDate: string;
  lastDay: string;
};

export const nobodyYet: NewAgent = {
  firstName: '',
  lastName: '',
  email: '',
  role: 'agent',
  groupIds: [],
  extensionKind: 'auto',
  extension: '',
  phoneNumbers: [],
  numberIds: [],
  defaultNumberId: null,
  department: '',
  title: '',
  managerId: null,
  site: '',
  costCenter: '',
  customFields: [],
  locale: null,
  timeZone: null,
  startDate: '',
  lastDay: '',
};

/** What is taken over from somebody who works in the same place; what is theirs alone is not. */
export function settingsOf(user: UserProfile): Partial<NewAgent> {
  const role = user.roles[0];
  return {
    role: role?.key ?? role?.id ?? null,
    groupIds: user.groups.map((group) => group.id),
    department: user.department ?? '',
    managerId: user.manager?.id ?? null,
    site: user.site ?? '',
    costCenter: user.costCenter ?? '',
    locale: user.locale,
    timeZone: user.timeZone,
  };
}

const given = (text: string): string | undefined => text.trim() || undefined;

/** The form's values as the server wants them: what was left empty is left out. */
export function inputOf(values: NewAgent): components['schemas']['CreateUserInput'] {
  const extensions = { auto: 'auto', none: null, own: values.extension.trim() } as const;
  return {
    firstName: values.firstName,
    lastName: values.lastName,
    email: values.email.trim(),
    role: values.role ?? undefined,
    groupIds: values.groupIds,
    extension: extensions[values.extensionKind],
    phoneNumbers: values.phoneNumbers,
    numberIds: values.numberIds,
    defaultNumberId: values.defaultNumberId ?? undefined,
    department: given(values.department),
    title: given(values.title),
    managerId: values.managerId ?? undefined,
    site: given(values.site),
    costCenter: given(values.costCenter),
    customFields: Object.fromEntries(
      values.customFields
        .filter((field) => field.name.trim() && field.value.trim())
        .map((field) => [field.name.trim(), field.value.trim()]),
    ),
    locale: values.locale ?? undefined,
    timeZone: values.timeZone ?? undefined,
    startDate: values.startDate || undefined,
    lastDay: values.lastDay || undefined,
  } as components['schemas']['CreateUserInput'];
}
