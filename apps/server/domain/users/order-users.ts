import type { ListUsersQuery } from '@rollcall/contract/users-list';
import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';

type Order = Pick<ListUsersQuery, 'sort' | 'direction'>;

/** The columns of each order, all indexed behind the organization; the id makes every place unique. */
const columnsOf = {
  name: ['name_key', 'id'],
  signInName: ['sign_in_key', 'id'],
  department: ['department_key', 'name_key', 'id'],
  status: ['status', 'name_key', 'id'],
  createdAt: ['created_at', 'id'],
} as const satisfies Record<Order['sort'], readonly string[]>;

const refs = (order: Order) => columnsOf[order.sort].map((column) => sql.ref(`u.${column}`));

export function orderBy(order: Order): RawBuilder<unknown> {
  const direction = order.direction === 'asc' ? sql`asc` : sql`desc`;
  return sql.join(refs(order).map((column) => sql`${column} ${direction}`));
}

/** The place of a row in this order, to be selected as `place`; instants keep their microseconds. */
export function placeOf(order: Order): RawBuilder<string[]> {
  return sql`array[${sql.join(refs(order).map((column) => sql`${column}::text`))}]`;
}

/** The condition for what comes behind a place. */
export function isBehind(order: Order, place: readonly string[]): RawBuilder<boolean> {
  const columns = columnsOf[order.sort];
  const values = columns.map((column, index) => {
    if (column === 'id') return sql`${place[index]}::uuid`;
    return column === 'created_at' ? sql`${place[index]}::timestamptz` : sql`${place[index]}::text`;
  });
  const than = order.direction === 'asc' ? sql`>` : sql`<`;
  return sql`(${sql.join(refs(order))}) ${than} (${sql.join(values)})`;
}

/** An opaque cursor; it fits the order that it was made in and no other. */
export function writeCursor(order: Order, place: readonly string[]): string {
  return Buffer.from(JSON.stringify([order.sort, order.direction, ...place])).toString('base64url');
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws AppError `invalid_cursor` */
export function readCursor(order: Order, cursor: string): string[] {
  const [sort, direction, ...place] = parse(cursor);
  const fits =
    sort === order.sort &&
    direction === order.direction &&
    place.length === columnsOf[order.sort].length &&
    uuid.test(place.at(-1)!) &&
    place.every((part) => !part.includes('\0')) &&
    (order.sort !== 'createdAt' || /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\d.+:-]*$/.test(place[0]!));
  if (fits) return place;
  throw new AppError('invalid_cursor', {
    detail: 'The cursor does not belong to this list in this order. Start again without it.',
  });
}

function parse(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : [];
  } catch {
    return [];
  }
}
