export interface ChangedValue {
  field: string;
  before: string | null;
  after: string | null;
}

type Values = Record<string, unknown> | null;

/** What an event has changed, field by field, as texts; what is the same on both sides is left out. */
export function changedValues(before: Values, after: Values): ChangedValue[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].flatMap((field) => {
    const change = { field, before: asText(before?.[field]), after: asText(after?.[field]) };
    return change.before === change.after ? [] : [change];
  });
}

/** A value in words: names instead of objects, lists with commas; null where there is nothing. */
export function asText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map((one) => asText(one) ?? '–').join(', ');
  if (typeof value === 'object') {
    const { name } = value as { name?: unknown };
    if (typeof name === 'string') return name;
    const parts = Object.entries(value).flatMap(([key, one]) => {
      const text = asText(one);
      return text === null ? [] : [`${key}: ${text}`];
    });
    return parts.length === 0 ? null : parts.join('; ');
  }
  return String(value);
}
