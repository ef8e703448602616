import type { Format } from '../../i18n/use-format.ts';

export interface ChangedValue {
  field: string;
  before: string | null;
  after: string | null;
}

type Values = Record<string, unknown> | null;

/** What an event has changed, field by field, as texts; what is the same on both sides is left out. */
export function changedValues(before: Values, after: Values): ChangedValue[] {
  const old = flat(before);
  const now = flat(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field) => {
    const change = { field, before: asText(old.get(field)), after: asText(now.get(field)) };
    return change.before === change.after ? [] : [change];
  });
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && wordOf(value) === undefined;

/** Things inside of things as fields of their own: `counts.create`. */
function flat(values: Values, prefix = ''): Map<string, unknown> {
  return new Map(
    Object.entries(values ?? {}).flatMap(([key, value]) =>
      isPlain(value) ? [...flat(value, `${prefix}${key}.`)] : [[prefix + key, value] as const],
    ),
  );
}

/** What a thing is called, where it says so. */
function wordOf(value: object): string | undefined {
  const { name, label, text, kind } = value as Record<string, unknown>;
  return [name, label, text, kind].find((word) => typeof word === 'string') as string | undefined;
}

/** A value in words: names instead of objects, lists with commas; null where there is nothing. */
function asText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map((one) => asText(one) ?? '–').join(', ');
  return typeof value === 'object' ? (wordOf(value) ?? JSON.stringify(value)) : String(value);
}

export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** An instant as the reader writes times; anything else as it is. */
export function readable(format: Format, text: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) ? format.dateTime(text) : text;
}
