import type { Context } from '../context.ts';
import { listOperationRows, readOperation } from './read-operations.ts';

type InOwnTransaction = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>;

/** What became of each user as rows of a table, read page by page while they are sent. */
export async function exportOperationRows(
  inOwnTransaction: InOwnTransaction,
  operationId: string,
): Promise<AsyncIterable<string[]>> {
  await inOwnTransaction((ctx) => readOperation(ctx, operationId));
  return rows(inOwnTransaction, operationId);
}

async function* rows(inOwnTransaction: InOwnTransaction, operationId: string): AsyncGenerator<string[]> {
  yield ['name', 'signInName', 'outcome', 'error', 'detail'];
  let cursor: string | undefined;
  do {
    const page = await inOwnTransaction((ctx) =>
      listOperationRows(ctx, operationId, { limit: 1000, cursor }),
    );
    for (const { name, signInName, outcome, error } of page.items)
      yield [name, signInName, outcome, error?.code ?? '', error?.detail ?? ''];
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
