import type { ListOffBoardingsQuery, OffBoardingRow } from '@rollcall/contract/off-boarding';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { listOffBoardings } from './list-off-boardings.ts';

const columns = [
  'name',
  'signInName',
  'department',
  'leavingDate',
  'signalReceived',
  'accessEnded',
  'milliseconds',
  'byKind',
  'byName',
  'reason',
  'openTasks',
  'reactivatedAt',
  'userId',
  'id',
] as const satisfies readonly (keyof OffBoardingRow)[];

type InOwnTransaction = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>;

/** The register as rows of a table, read page by page while they are sent; the audit has it before the first row. */
export async function exportOffBoardings(
  inOwnTransaction: InOwnTransaction,
  filters: Omit<ListOffBoardingsQuery, 'cursor' | 'limit'>,
): Promise<AsyncIterable<string[]>> {
  await inOwnTransaction(async (ctx) => {
    requirePermission(ctx, 'audit:read');
    await appendAuditEvents(ctx, [
      {
        action: 'export.created',
        target: { kind: 'organization', id: ctx.organizationId, name: 'Leavers' },
        after: { columns, filters },
      },
    ]);
  });
  return rows(inOwnTransaction, filters);
}

async function* rows(
  inOwnTransaction: InOwnTransaction,
  filters: Omit<ListOffBoardingsQuery, 'cursor' | 'limit'>,
): AsyncGenerator<string[]> {
  yield [...columns];
  let cursor: string | undefined;
  do {
    const page = await inOwnTransaction((ctx) =>
      listOffBoardings(ctx, { ...filters, limit: 1000, ...(cursor === undefined ? {} : { cursor }) }),
    );
    for (const row of page.items) yield columns.map((column) => String(row[column] ?? ''));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
