import type { ImportColumn } from '@rollcall/contract/import-columns';
import type { ImportRowError } from '@rollcall/contract/imports';
import type { CountryCode } from '@rollcall/contract/phone-number';
import type { RowFault } from '../../platform/tabular/open-table.ts';
import type { MappedColumn } from './map-columns.ts';
import * as cell from './parse-cell-values.ts';
import { rowError } from './row-error.ts';

/** What a row says about a person, cell by cell; empty cells say nothing. References are still names. */
export interface ImportedPerson {
  firstName?: string;
  lastName?: string;
  email?: string;
  signInName?: string;
  role?: string;
  groups?: string[];
  extension?: string;
  phoneNumbers?: string[];
  defaultNumber?: string;
  department?: string;
  title?: string;
  manager?: string;
  site?: string;
  costCenter?: string;
  customFields?: Record<string, string>;
  locale?: string;
  timeZone?: string;
  startDate?: string;
  lastDay?: string;
  status?: cell.ImportStatus;
  externalId?: string;
}

type Reader = (text: string, context: cell.PhoneContext) => cell.Parsed<unknown>;
const asIs: Reader = (text) => ({ ok: true, value: text.normalize('NFC') });

const readers: Record<
  Exclude<ImportColumn, `custom:${string}` | 'displayName' | 'countryPrefix' | 'status'>,
  Reader
> = {
  firstName: cell.parseName,
  lastName: cell.parseName,
  email: cell.parseEmail,
  signInName: cell.parseSignInName,
  role: asIs,
  groups: (text) => ({ ok: true, value: cell.splitList(text) }),
  extension: cell.parseExtension,
  phoneNumbers: cell.parsePhones,
  defaultOutboundNumber: (text, context) => {
    const numbers = cell.parsePhones(text, context);
    return numbers.ok ? { ok: true, value: numbers.value[0] } : numbers;
  },
  department: cell.parseLine('The department', 200),
  title: cell.parseLine('The title', 200),
  manager: asIs,
  site: cell.parseLine('The site', 200),
  costCenter: cell.parseLine('The cost centre', 200),
  locale: cell.parseLocale,
  timeZone: cell.parseTimeZone,
  startDate: cell.parseDate,
  lastDay: cell.parseDate,
  externalId: cell.parseLine('The external id', 400),
};
const readCustomField = cell.parseLine('The custom field', 500);
const mostPhoneNumbers = 10;

export interface ParsedRow {
  person: ImportedPerson;
  errors: ImportRowError[];
}

/** Reads the cells of one row. Every cell that is wrong is told, not only the first. */
export function parseRow(
  cells: readonly string[],
  faults: readonly RowFault[] | null,
  columns: readonly MappedColumn[],
  defaultCountry: CountryCode | undefined,
): ParsedRow {
  const person: ImportedPerson = {};
  const errors: ImportRowError[] = (faults ?? []).map((fault) => {
    const header = 'column' in fault ? (columns[fault.column]?.header ?? null) : null;
    return rowError(fault.code, header, null, fault.message);
  });
  if (errors.length > 0) return { person, errors };
  const prefix = columns.find(({ column }) => column === 'countryPrefix');
  const context = { countryPrefix: prefix ? cells[prefix.index] : undefined, defaultCountry };
  for (const { index, header, column, inverted } of columns) {
    const text = cells[index] ?? '';
    if (column === null || column === 'countryPrefix' || text === '') continue;
    if (text.startsWith('=')) {
      errors.push(rowError('formula', header, text, 'This is a formula. Enter its value instead.'));
      continue;
    }
    const parsed = read(person, column, text, context, inverted);
    if (parsed && !parsed.ok) errors.push(rowError('invalid_value', header, text, parsed.message));
  }
  if ((person.phoneNumbers?.length ?? 0) > mostPhoneNumbers) {
    const header = columns.find(({ column }) => column === 'phoneNumbers')!.header;
    errors.push(
      rowError(
        'invalid_value',
        header,
        null,
        `A person has at most ${mostPhoneNumbers} phone numbers. Remove some.`,
      ),
    );
  }
  return { person, errors };
}

function read(
  person: ImportedPerson,
  column: Exclude<ImportColumn, 'countryPrefix'>,
  text: string,
  context: cell.PhoneContext,
  inverted: boolean,
): cell.Parsed<unknown> | undefined {
  if (column === 'displayName') return readDisplayName(person, text);
  if (isCustomField(column)) {
    const parsed = readCustomField(text);
    if (parsed.ok)
      person.customFields = { ...person.customFields, [column.slice('custom:'.length)]: parsed.value };
    return parsed;
  }
  const parsed = column === 'status' ? cell.parseStatus(text, inverted) : readers[column](text, context);
  if (!parsed.ok) return parsed;
  const field = column === 'defaultOutboundNumber' ? 'defaultNumber' : column;
  const present = person[field];
  // Several columns of one kind (mobile and work phone) add up.
  Object.assign(person, {
    [field]: Array.isArray(present)
      ? [...new Set([...present, ...(parsed.value as string[])])]
      : parsed.value,
  });
  return undefined;
}

/** First and last name of their own columns win over one that holds both. */
function readDisplayName(person: ImportedPerson, text: string): cell.Parsed<unknown> | undefined {
  const { firstName, lastName } = cell.splitDisplayName(text);
  for (const [field, name] of [
    ['firstName', firstName],
    ['lastName', lastName],
  ] as const) {
    if (name === null || person[field] !== undefined) continue;
    const parsed = cell.parseName(name);
    if (!parsed.ok) return parsed;
    person[field] = parsed.value;
  }
  return undefined;
}

const isCustomField = (column: ImportColumn): column is `custom:${string}` => column.startsWith('custom:');
