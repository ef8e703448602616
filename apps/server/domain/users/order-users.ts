import type { ListUsersQuery } from '@rollcall/contract/users-list';
import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { readCursor, writeCursor } from '../../platform/paging.ts';

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

/** The cursor of a place; it fits the order that it was made in and no other. */
export function cursorOf(order: Order, place: readonly string[]): string {
  return writeCursor([order.sort, order.direction, ...place]);
}

/** @throws AppError `invalid_cursor` */
export function placeOfCursor(order: Order, cursor: string): string[] {
  const columns = columnsOf[order.sort].map((column) => (column === 'id' ? 'uuid' : 'text'));
  const [sort, direction, ...place] = readCursor(cursor, ['text', 'text', ...columns])!;
  const isInstant =
    order.sort !== 'createdAt' || /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d$/.test(place[0]!);
  if (sort === order.sort && direction === order.direction && isInstant) return place;
  throw new AppError('invalid_cursor', {
    detail: 'The cursor does not belong to this list in this order. Start again without it.',
  });
}
