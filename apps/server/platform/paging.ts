import { AppError } from './errors.ts';

const patterns = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  integer: /^\d{1,9}$/,
  // A NUL is no text to PostgreSQL.
  text: /^[^\0]*$/,
};

/** What the parts of a keyset cursor are, in their order. */
export type CursorPart = keyof typeof patterns;

/** An opaque cursor for the place behind the row that has these values in the order's columns. */
export function writeCursor(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place that a cursor names; null without one. @throws AppError `invalid_cursor` where it is none of this list */
export function readCursor(cursor: string | undefined, parts: readonly CursorPart[]): string[] | null {
  if (cursor === undefined) return null;
  const place = parse(cursor);
  const fits =
    place.length === parts.length && parts.every((part, index) => patterns[part].test(place[index]!));
  if (fits) return place;
  throw new AppError('invalid_cursor', {
    detail: 'The cursor does not belong to this list. Start again without it.',
  });
}

function parse(cursor: string): string[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(place) && place.every((part) => typeof part === 'string') ? place : [];
  } catch {
    return [];
  }
}

/** Cuts rows that were selected with `limit + 1` into a page. */
export function pageOfRows<T>(
  rows: readonly T[],
  limit: number,
  placeOf: (row: T) => string[],
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? writeCursor(placeOf(items.at(-1)!)) : null };
}
