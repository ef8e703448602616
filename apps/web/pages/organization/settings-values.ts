import type { OrganizationSettings, UpdateOrganizationInput } from '@rollcall/contract/organizations';

export type SettingsValues = Required<UpdateOrganizationInput>;
export type SettingsField = keyof SettingsValues;

export const settingsFields: SettingsField[] = [
  'name',
  'timeZone',
  'language',
  'defaultCountry',
  'sessionIdleMinutes',
  'sessionAbsoluteHours',
  'reasonRequired',
  'extensionFrom',
  'extensionTo',
];

export function valuesOf(settings: OrganizationSettings): SettingsValues {
  return Object.fromEntries(settingsFields.map((field) => [field, settings[field]])) as SettingsValues;
}

/** The fields in which two differ, with the values of the second. */
export function changedFields(from: SettingsValues, to: SettingsValues): UpdateOrganizationInput {
  return Object.fromEntries(
    settingsFields.filter((field) => from[field] !== to[field]).map((field) => [field, to[field]]),
  );
}
