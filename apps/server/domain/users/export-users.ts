import {
  type ExportUsersQuery,
  type UserColumn,
  type UserRow,
  userColumns,
} from '@rollcall/contract/users-list';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { countUsers, listUsers } from './list-users.ts';

const pageSize = 1000;

/** Runs `work` in a transaction of its own, with the caller's rights as they are at that moment. */
type InOwnTransaction = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>;

/**
 * The rows of an export, read page by page while they are sent: no transaction stays open for a slow reader, and an
 * export ends when its reader's access does. The audit has it before the first row.
 */
export async function exportUsers(
  inOwnTransaction: InOwnTransaction,
  { columns = [...userColumns], ...query }: ExportUsersQuery,
): Promise<AsyncIterable<string[]>> {
  await inOwnTransaction((ctx) => recordExport(ctx, columns, query));
  return rows(inOwnTransaction, columns, query);
}

async function recordExport(
  ctx: Context,
  columns: readonly UserColumn[],
  query: Omit<ExportUsersQuery, 'columns'>,
) {
  requirePermission(ctx, 'users:read');
  const { sort: _sort, direction: _direction, ...filters } = query;
  await appendAuditEvents(ctx, [
    {
      action: 'export.created',
      target: { kind: 'organization', id: ctx.organizationId, name: 'Agents' },
      after: { rows: await countUsers(ctx, filters), columns, filters },
    },
  ]);
}

async function* rows(
  inOwnTransaction: InOwnTransaction,
  columns: readonly UserColumn[],
  query: Omit<ExportUsersQuery, 'columns'>,
): AsyncGenerator<string[]> {
  yield [...columns];
  let cursor: string | undefined;
  do {
    const page = await inOwnTransaction((ctx) =>
      listUsers(ctx, { ...query, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) }),
    );
    for (const row of page.items) yield columns.map((column) => cellOf(row, column));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function cellOf(row: UserRow, column: UserColumn): string {
  const value = row[column];
  if (Array.isArray(value)) return value.map(({ name }) => name).join('; ');
  return value ?? '';
}
