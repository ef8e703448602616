import { type Delimiter, detectDelimiter, readSeparatorHint } from './detect-delimiter.ts';
import { decodeToUtf8, type TableEncoding } from './detect-encoding.ts';
import { type RawRow, readCsv } from './read-csv.ts';
import { looksLikeXlsx, readXlsx } from './read-xlsx.ts';
import { DEFAULT_TABLE_LIMITS, TableError, type TableLimits } from './table-error.ts';

/** What is wrong with one row; the rows around it are read all the same. */
export type RowFault =
  | { code: 'too_few_cells' | 'too_many_cells'; expected: number; found: number; message: string }
  | { code: 'cell_too_long'; column: number; limit: number; message: string }
  | { code: 'quote_broken' | 'row_too_long'; message: string };

export interface TableRow {
  /** 1 is the first row below the header; empty rows are not counted and not given. */
  row: number;
  /** Line of the file that the row begins on (of a workbook: its row number), 1 being the first. */
  line: number;
  /** Trimmed, as many as there are headers; '' where the row ended before. */
  cells: string[];
  faults: RowFault[];
}

export interface OpenedTable {
  format: 'csv' | 'xlsx';
  encoding: TableEncoding | null;
  delimiter: Delimiter | null;
  /** Trimmed; '' for a column without a header. */
  headers: string[];
  headerLine: number;
  /** Headers that stand over several columns (without regard to case), with the columns' indexes. */
  duplicateHeaders: { header: string; columns: number[] }[];
  /** Can be gone through once. Throws {@link TableError} for what ends the reading (`too_many_rows` …). */
  rows: AsyncIterable<TableRow>;
}

export interface OpenTableInput {
  /** The file; a stream is gathered up to `limits.bytes`, since an encoding shows only at the last byte. */
  file: Uint8Array | AsyncIterable<Uint8Array>;
  /** Chosen by a person, after `encoding_ambiguous`; a byte order mark in the file still wins. */
  encoding?: TableEncoding;
  delimiter?: Delimiter;
  limits?: Partial<TableLimits>;
  /** Rows above the header that some programs write, such as a version line; asked for the first rows only. */
  isPreamble?: (cells: readonly string[]) => boolean;
}

async function gather(file: OpenTableInput['file'], limitBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new TableError({ code: 'file_too_large', limitBytes });
  if (file instanceof Uint8Array) {
    if (file.length > limitBytes) throw tooLarge();
    return file;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of file) {
    size += part.length;
    if (size > limitBytes) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const isEmptyRow = (row: RawRow) => !row.broken && row.cells.every((cell) => cell === '');

function openCsv(bytes: Uint8Array, input: OpenTableInput, limits: TableLimits) {
  const { encoding, utf8 } = decodeToUtf8(bytes, input.encoding);
  const nul = utf8.indexOf(0);
  if (nul >= 0) {
    const line = Buffer.from(utf8.subarray(0, nul))
      .toString('latin1')
      .split(/\r\n|\n|\r/).length;
    throw new TableError({ code: 'nul_character', line });
  }
  const hint = readSeparatorHint(utf8);
  const delimiter = input.delimiter ?? hint?.delimiter ?? detectDelimiter(utf8);
  const raw = readCsv(utf8.subarray(hint?.start ?? 0), delimiter, limits, hint ? 2 : 1);
  return { encoding, delimiter, raw };
}

/**
 * Opens a CSV or XLSX file: finds out what it is by its content (never by its name), reads its header and gives its
 * rows one by one.
 *
 * @throws TableError for everything that a file can have wrong; its `condition` is typed, its message tells the remedy.
 */
export async function openTable(input: OpenTableInput): Promise<OpenedTable> {
  const limits = { ...DEFAULT_TABLE_LIMITS, ...input.limits };
  const bytes = await gather(input.file, limits.bytes);
  if (bytes.length === 0) throw new TableError({ code: 'file_empty' });
  const isXlsx = looksLikeXlsx(bytes);
  const opened = isXlsx
    ? { encoding: null, delimiter: null, raw: readXlsx(bytes, limits) }
    : openCsv(bytes, input, limits);
  const header = await readHeader(opened.raw, input.isPreamble);
  if (header.cells.length > limits.columns) {
    throw new TableError({ code: 'too_many_columns', limit: limits.columns, found: header.cells.length });
  }
  return {
    format: isXlsx ? 'xlsx' : 'csv',
    encoding: opened.encoding,
    delimiter: opened.delimiter,
    headers: header.cells,
    headerLine: header.line,
    duplicateHeaders: findDuplicates(header.cells),
    rows: checkRows(opened.raw, header.cells.length, limits),
  };
}

async function readHeader(
  raw: AsyncGenerator<RawRow>,
  isPreamble?: OpenTableInput['isPreamble'],
): Promise<RawRow> {
  for (let next = await raw.next(); !next.done; next = await raw.next()) {
    const row = next.value;
    if (row.broken) throw new TableError({ code: 'header_unreadable', line: row.line });
    if (isEmptyRow(row) || isPreamble?.(row.cells)) continue;
    return { ...row, cells: row.cells.slice(0, row.cells.findLastIndex((cell) => cell !== '') + 1) };
  }
  throw new TableError({ code: 'file_empty' });
}

function findDuplicates(headers: string[]): OpenedTable['duplicateHeaders'] {
  const columnsOf = Map.groupBy(headers.keys(), (column) => headers[column]!.toLowerCase());
  return [...columnsOf]
    .filter(([header, columns]) => header !== '' && columns.length > 1)
    .map(([, columns]) => ({ header: headers[columns[0]!]!, columns }));
}

async function* checkRows(
  raw: AsyncGenerator<RawRow>,
  columns: number,
  limits: TableLimits,
): AsyncGenerator<TableRow> {
  let row = 0;
  for await (const read of raw) {
    if (isEmptyRow(read)) continue;
    row += 1;
    if (row > limits.rows) throw new TableError({ code: 'too_many_rows', limit: limits.rows });
    const cells = Array.from({ length: columns }, (_, column) => read.cells[column] ?? '');
    yield { row, line: read.line, cells, faults: findFaults(read, columns, limits) };
  }
}

function findFaults(read: RawRow, columns: number, limits: TableLimits): RowFault[] {
  if (read.broken === 'quote') {
    const message = `The row in line ${read.line} has a quotation mark that is not closed or stands inside of a cell. Close it, or double it.`;
    return [{ code: 'quote_broken', message }];
  }
  if (read.broken === 'length') {
    const message = `The row in line ${read.line} is longer than ${limits.rowBytes} bytes. Shorten it; a quotation mark may be open.`;
    return [{ code: 'row_too_long', message }];
  }
  const faults: RowFault[] = [];
  // Programs write any number of empty cells at the end; only what has content is one too many.
  const found = read.cells.findLastIndex((cell) => cell !== '') + 1;
  if (found > columns) {
    const message = `The row has ${found} cells, and the header has ${columns}. Put a cell that contains the separator in quotation marks.`;
    faults.push({ code: 'too_many_cells', expected: columns, found, message });
  } else if (read.cells.length < columns) {
    const message = `The row has ${read.cells.length} cells, and the header has ${columns}. Add the missing separators.`;
    faults.push({ code: 'too_few_cells', expected: columns, found: read.cells.length, message });
  }
  for (const [column, cell] of read.cells.slice(0, columns).entries()) {
    if (cell.length <= limits.cellLength) continue;
    const message = `The cell is longer than ${limits.cellLength} characters. Shorten it.`;
    faults.push({ code: 'cell_too_long', column, limit: limits.cellLength, message });
  }
  return faults;
}
