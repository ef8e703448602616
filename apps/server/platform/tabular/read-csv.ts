import { type CsvError, type CsvErrorCode, Parser } from 'csv-parse';
import type { Delimiter } from './detect-delimiter.ts';
import { unguardFormula } from './formula-guard.ts';
import { TableError, type TableLimits } from './table-error.ts';

/** Cells of one row and the line of the file that it begins on; `broken` where its quotation marks do not match. */
export interface RawRow {
  line: number;
  cells: string[];
  broken?: 'quote' | 'length';
}

const CHUNK_BYTES = 64 * 1024;
/** Each broken row costs a new start; past these the file was written wrongly and not typed wrongly. */
const MOST_BROKEN_ROWS = 100;

const BROKEN: Partial<Record<CsvErrorCode, RawRow['broken']>> = {
  CSV_QUOTE_NOT_CLOSED: 'quote',
  CSV_INVALID_CLOSING_QUOTE: 'quote',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'quote',
  INVALID_OPENING_QUOTE: 'quote',
  CSV_MAX_RECORD_SIZE: 'length',
};

const LF = 0x0a;
const CR = 0x0d;

/** The offset behind the next `lines` line ends (CRLF, LF or CR) from `from` on. */
function skipLines(utf8: Uint8Array, from: number, lines: number): number {
  let at = from;
  for (let left = lines; left > 0 && at < utf8.length; at += 1) {
    if (utf8[at] === LF || (utf8[at] === CR && utf8[at + 1] !== LF)) left -= 1;
  }
  return at;
}

/** Only quoted cells hold line ends; csv-parse's own count takes a CRLF in them for two. */
function lineEndsIn(record: string[]): number {
  let count = 0;
  for (const cell of record) {
    if (/[\r\n]/.test(cell)) count += cell.match(/\r\n|\n|\r/g)!.length;
  }
  return count;
}

const cleanCell = (cell: string) => unguardFormula(cell).trim();

/**
 * Rows of a CSV file (RFC 4180, any of the three line ends), one chunk at a time. A row with broken quotation marks
 * is told and reading goes on with the next line: one bad row neither hides nor swallows the rows below it.
 */
export async function* readCsv(
  utf8: Uint8Array,
  delimiter: Delimiter,
  limits: TableLimits,
  startLine = 1,
): AsyncGenerator<RawRow> {
  let offset = 0;
  let line = startLine;
  for (let restarts = 0; ; restarts += 1) {
    const firstLine = line;
    let rows: RawRow[] = [];
    let fault: CsvError | undefined;
    const parser = new Parser({
      delimiter,
      trim: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: limits.rowBytes,
      // Records are taken here and not from the readable side, which drops what it holds when an error comes.
      on_record: (record: string[]) => {
        rows.push({ line, cells: record.map(cleanCell) });
        line += 1 + lineEndsIn(record);
        return null;
      },
    });
    parser.on('error', (error: CsvError) => {
      fault = error;
    });
    parser.resume();
    for (let at = offset; !fault && at < utf8.length; at += CHUNK_BYTES) {
      await new Promise((done) => parser.write(utf8.subarray(at, at + CHUNK_BYTES), done));
      yield* rows;
      rows = [];
    }
    if (!fault) await new Promise((done) => parser.end(done));
    yield* rows;
    if (!fault) return;
    const broken = BROKEN[fault.code];
    if (!broken) throw fault;
    if (restarts === MOST_BROKEN_ROWS) throw new TableError({ code: 'quotes_broken', line }, fault);
    yield { line, cells: [], broken };
    offset = skipLines(utf8, offset, line - firstLine + 1);
    line += 1;
  }
}
