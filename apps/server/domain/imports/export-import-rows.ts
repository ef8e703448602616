import type { HeaderRecognition } from '@rollcall/contract/import-columns';
import type { ImportRowError } from '@rollcall/contract/imports';
import type { Context } from '../context.ts';
import { type ListedRow, readRows } from './list-import-rows.ts';
import { loadImport } from './load-import.ts';

/** Runs `work` in a transaction of its own, with the caller's rights as they are at that moment. */
type InOwnTransaction = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>;

const pageSize = 1_000;
/** The header over what is wrong; when the corrected file comes back, it is known and left out. */
export const reasonHeader = 'Rollcall: what to correct';

/** The preview, or what became of it, as rows of a table. */
export async function exportImportRows(
  inOwnTransaction: InOwnTransaction,
  id: string,
): Promise<AsyncIterable<string[]>> {
  await inOwnTransaction((ctx) => readRows(ctx, id, { limit: 1 }));
  return (async function* () {
    yield ['row', 'line', 'what', 'outcome', 'name', 'signInName', 'changes', 'errors', 'warnings'];
    for await (const row of pages(inOwnTransaction, id, {})) {
      const changes = row.changes.map(
        ({ field, before, after }) => `${field}: ${before ?? ''} → ${after ?? ''}`,
      );
      yield [
        String(row.row ?? ''),
        String(row.line ?? ''),
        row.kind,
        row.outcome,
        row.name,
        row.signInName ?? '',
        changes.join('\n'),
        row.errors.map(inWords).join('\n'),
        [...row.warnings.map(({ message }) => message), row.undoNote ?? ''].filter(Boolean).join('\n'),
      ];
    }
  })();
}

/** The refused rows as they stood in the file, with what is wrong beside them: to correct and to import again. */
export async function exportRefusedRows(
  inOwnTransaction: InOwnTransaction,
  id: string,
): Promise<AsyncIterable<string[]>> {
  const recognition = await inOwnTransaction(async (ctx): Promise<HeaderRecognition> => {
    await readRows(ctx, id, { limit: 1 });
    return (await loadImport(ctx, id)).recognition;
  });
  return (async function* () {
    yield [...recognition.headers.map(({ header }) => header), reasonHeader];
    for await (const row of pages(inOwnTransaction, id, { outcome: 'refused' })) {
      if (row.cells) yield [...row.cells, row.errors.map(inWords).join('\n')];
    }
  })();
}

const inWords = ({ column, message, remedy }: ImportRowError) =>
  `${column ? `${column}: ` : ''}${message}${remedy ? ` ${remedy}` : ''}`;

async function* pages(
  inOwnTransaction: InOwnTransaction,
  id: string,
  filter: { outcome?: 'refused' },
): AsyncGenerator<ListedRow> {
  let cursor: string | undefined;
  do {
    const page = await inOwnTransaction((ctx) =>
      readRows(ctx, id, { ...filter, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) }),
    );
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
