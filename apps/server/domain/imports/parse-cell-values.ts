import * as person from '@rollcall/contract/person-fields';
import { type CountryCode, isCountryCode, type PhoneRegion, toE164 } from '@rollcall/contract/phone-number';
import type { z } from 'zod';

/** A cell's value, or why it is refused: the message repeats what stood in the cell and names the remedy. */
export type Parsed<Value> = { ok: true; value: Value } | { ok: false; message: string };

const accept = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });
const shown = (cell: string) => `“${cell.length > 60 ? `${cell.slice(0, 60)}…` : cell}”`;
const refuse = (cell: string, message: string): Parsed<never> => ({
  ok: false,
  message: `${shown(cell)}: ${message}`,
});

/** A cell by the schema that the API has for the same field. */
function by(schema: z.ZodType<string, string>) {
  return (cell: string): Parsed<string> => {
    const result = schema.safeParse(cell);
    return result.success ? accept(result.data) : refuse(cell, result.error.issues[0]!.message);
  };
}

export const parseName = by(person.personName);
export const parseSignInName = by(person.signInName);
export const parseExtension = by(person.extension);
export const parseTimeZone = by(person.ianaTimeZone);
export const parseLocale = by(person.locale);
/** `label` names the column in the message, `max` is in characters. */
export const parseLine = (label: string, max: number) => by(person.lineOfText(label, max));

const readEmail = by(person.emailAddress);
/** Spreadsheets put `mailto:` before an address that was clicked. */
export const parseEmail = (cell: string) => readEmail(cell.replace(/^mailto:/i, ''));

const ISO_DAY = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/;

/** A day as `YYYY-MM-DD`, also in front of a time. Any other order is refused: 03/04 is March to some, April to others. */
export function parseDate(cell: string): Parsed<string> {
  const day = ISO_DAY.exec(cell.trim())?.[1];
  if (day && person.calendarDate.safeParse(day).success) return accept(day);
  if (day) return refuse(cell, 'This day does not exist. Correct it.');
  return refuse(
    cell,
    'Write the day as year-month-day, such as 2026-09-30; other orders can be read in two ways.',
  );
}

export type ImportStatus = 'active' | 'inactive';

const words = (list: string) => new Set(list.split(' '));
/** Okta's states of people whose account works or waits for them are active; what an administrator stopped is not. */
const ACTIVE = words(
  'active true yes y 1 enabled enable on provisioned recovery password_expired locked_out aktiv ja wahr aktiviert',
);
const INACTIVE = words(
  'inactive false no n 0 disabled disable off suspended deprovisioned staged archived deactivated deleted blocked inaktiv nein falsch deaktiviert gesperrt',
);

/** Status in the words of Okta, Entra, Google and people. `inverted` for a column such as "Block sign in". */
export function parseStatus(cell: string, inverted = false): Parsed<ImportStatus> {
  const word = cell.trim().toLowerCase().replaceAll(' ', '_');
  const isActive = ACTIVE.has(word);
  if (!isActive && !INACTIVE.has(word)) {
    return refuse(cell, 'This is not a status. Write active or inactive.');
  }
  return accept(isActive === inverted ? 'inactive' : 'active');
}

export interface PhoneContext {
  /** What stands in the row's country prefix: `49`, `+49`, `0049` or a country such as `DE`. */
  countryPrefix?: string | undefined;
  /** The organization's country, for national numbers in rows without a prefix. */
  defaultCountry?: CountryCode | undefined;
}

function regionOf({ countryPrefix, defaultCountry }: PhoneContext): Parsed<PhoneRegion | null> {
  const prefix = countryPrefix?.trim().toUpperCase() ?? '';
  if (prefix === '') return accept(defaultCountry ? { defaultCountry } : null);
  if (isCountryCode(prefix)) return accept({ defaultCountry: prefix });
  const code = /^(?:\+|00)?([1-9]\d{0,2})$/.exec(prefix)?.[1];
  if (code) return accept({ defaultCallingCode: code });
  return refuse(countryPrefix!, 'This is not a country prefix. Write it like +49.');
}

function parseOnePhone(written: string, region: PhoneRegion | null): Parsed<string> {
  const international = toE164(written);
  if (international) return accept(international);
  if (/^(\+|00)/.test(written)) return refuse(written, 'This is not a phone number that exists. Correct it.');
  if (!region) {
    return refuse(
      written,
      'The country is missing. Write the phone number with its country prefix, like +4930901820.',
    );
  }
  const national = toE164(written, region);
  if (national) return accept(national);
  return refuse(
    written,
    'This is not a phone number in its country. Correct it, or write it like +4930901820.',
  );
}

/** Phone numbers as E.164, without repeats; `;`, `|`, `,` and line ends stand between them, as in Entra's lists. */
export function parsePhones(cell: string, context: PhoneContext = {}): Parsed<string[]> {
  const region = regionOf(context);
  if (!region.ok) return region;
  // Asked of the whole cell, since a German spreadsheet writes 4,93E+09 with the comma that splits lists.
  if (/^\d[.,]\d+E\+\d+$/i.test(cell)) {
    return refuse(
      cell,
      'The spreadsheet has made a number of this phone number. Format the column as text and enter it again.',
    );
  }
  const numbers = new Set<string>();
  for (const written of cell.replace(/[[\]"]/g, '').split(/[;|,\r\n]+/)) {
    if (written.trim() === '') continue;
    const number = parseOnePhone(written.trim(), region.value);
    if (!number.ok) return number;
    numbers.add(number.value);
  }
  return accept([...numbers]);
}

/** The names of a cell with several, `;`, `|` or line ends between them; a comma may be part of a name. */
export function splitList(cell: string): string[] {
  return [...new Set(cell.split(/[;|\r\n]+/).map((name) => name.normalize('NFC').trim()))].filter(
    (name) => name !== '',
  );
}

/** First and last name of "Ada Lovelace", "Lovelace, Ada" and "Ada" (whose last name is null). */
export function splitDisplayName(displayName: string): { firstName: string; lastName: string | null } {
  const [last, first] = displayName.split(',').map((part) => part.trim());
  if (first) return { firstName: first, lastName: last || null };
  const name = last!.replace(/\s+/gu, ' ');
  const space = name.lastIndexOf(' ');
  return space < 0
    ? { firstName: name, lastName: null }
    : { firstName: name.slice(0, space), lastName: name.slice(space + 1) };
}
