import { expect, it } from 'vitest';
import { changedFields, type SettingsValues } from './settings-values.ts';

const before: SettingsValues = {
  name: 'Nordwind',
  timeZone: 'Europe/Berlin',
  language: 'en',
  defaultCountry: null,
  sessionIdleMinutes: 60,
  sessionAbsoluteHours: 24,
  reasonRequired: false,
  extensionFrom: 1000,
  extensionTo: 1999,
};

it('sends only what was changed, so that two editors of different fields do not meet', () => {
  expect(changedFields(before, before)).toEqual({});
  expect(changedFields(before, { ...before, name: 'Südwind', defaultCountry: 'DE' })).toEqual({
    name: 'Südwind',
    defaultCountry: 'DE',
  });
});
