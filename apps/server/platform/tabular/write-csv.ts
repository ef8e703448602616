import { Readable } from 'node:stream';
import type { Delimiter } from './detect-delimiter.ts';
import { guardFormula } from './formula-guard.ts';

export interface WriteCsvOptions {
  /** A comma unless told otherwise. */
  delimiter?: Delimiter;
  /** Byte order mark: without it Excel takes UTF-8 for the machine's old encoding. */
  byteOrderMark?: boolean;
}

function cellText(cell: string | null | undefined): string {
  const safe = guardFormula(cell ?? '');
  // Spaces at the ends, too: readers trim what stands bare.
  return /["\r\n,;\t]|^\s|\s$/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

async function* chunks(
  rows: Rows<readonly (string | null | undefined)[]>,
  options: WriteCsvOptions,
): AsyncGenerator<Buffer> {
  let text = options.byteOrderMark ? '\ufeff' : '';
  for await (const row of rows) {
    text += `${row.map(cellText).join(options.delimiter ?? ',')}\r\n`;
    if (text.length > 64 * 1024) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text) yield Buffer.from(text);
}

/**
 * Writes rows as CSV (RFC 4180, UTF-8), safe against formulas: a cell that a spreadsheet would run, phone numbers
 * like +49… included, gets an apostrophe before it. {@link openTable} takes the apostrophe off again, so what we
 * export is imported unchanged. Streams: a row is asked for only when the reader of the file has room for it.
 */
export function writeCsv(
  rows: Rows<readonly (string | null | undefined)[]>,
  options: WriteCsvOptions = {},
): Readable {
  return Readable.from(chunks(rows, options), { objectMode: false });
}
