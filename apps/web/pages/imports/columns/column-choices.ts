import type { ImportColumn } from '@rollcall/contract/import-columns';
import type { TFunction } from 'i18next';

type Known = Exclude<ImportColumn, `custom:${string}`>;

/** Value of the choice that leaves a column out; the server knows it as null. */
export const leftOut = '-';

const groups: [name: 'person' | 'access' | 'calls' | 'work' | 'dates', columns: Known[]][] = [
  ['person', ['firstName', 'lastName', 'displayName', 'email', 'locale', 'timeZone']],
  ['access', ['signInName', 'role', 'status', 'externalId']],
  ['calls', ['groups', 'extension', 'phoneNumbers', 'countryPrefix', 'defaultOutboundNumber']],
  ['work', ['department', 'title', 'manager', 'site', 'costCenter']],
  ['dates', ['startDate', 'lastDay']],
];

/** What a column of the file may be taken as: ours by subject, a field of one's own by its header, or nothing. */
export function columnChoices(t: TFunction, header: string, chosen: ImportColumn | null) {
  const custom = new Set<string>();
  if (header.trim() !== '') custom.add(`custom:${header.trim().slice(0, 60)}`);
  if (chosen?.startsWith('custom:')) custom.add(chosen);
  return [
    { value: leftOut, label: t('imports.columns.leaveOut') },
    ...groups.map(([name, columns]) => ({
      group: t(`imports.columns.group.${name}`),
      items: columns.map((column) => ({ value: column as string, label: t(`imports.field.${column}`) })),
    })),
    {
      group: t('imports.columns.group.custom'),
      items: [...custom].map((value) => ({
        value,
        label: t('imports.columns.custom', { name: value.slice('custom:'.length) }),
      })),
    },
  ];
}
