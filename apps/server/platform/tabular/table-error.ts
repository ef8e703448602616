import type { ErrorCode } from '@rollcall/contract/errors';
import type { TableEncoding } from '@rollcall/contract/table-file';
import { AppError } from '../errors.ts';

/** Most of everything that one file may have. A file past any of these is refused with the limit told. */
export interface TableLimits {
  /** Of the file as it was uploaded. */
  bytes: number;
  /** Of an XLSX file's parts once unpacked (a "zip bomb" is small until then). */
  unpackedBytes: number;
  /** Of data rows, the header not counted. */
  rows: number;
  columns: number;
  /** UTF-16 code units of one cell. */
  cellLength: number;
  /** Bytes of one row in UTF-8. */
  rowBytes: number;
}

export const DEFAULT_TABLE_LIMITS: TableLimits = {
  bytes: 50 * 1024 * 1024,
  unpackedBytes: 80 * 1024 * 1024,
  rows: 200_000,
  columns: 200,
  cellLength: 5_000,
  rowBytes: 1024 * 1024,
};

/** One encoding that the file could be in, and how some of its lines would then read. */
export interface EncodingCandidate {
  encoding: TableEncoding;
  sampleLines: string[];
}

/** Why a file as a whole cannot be read, or what has to be asked first. */
export type TableCondition =
  | { code: 'file_empty' }
  | { code: 'file_too_large'; limitBytes: number }
  | { code: 'workbook_too_large'; limitBytes: number }
  | { code: 'file_not_a_table'; found: string }
  | { code: 'nul_character'; line: number }
  | { code: 'encoding_ambiguous'; candidates: EncodingCandidate[] }
  | { code: 'encoding_mismatch'; encoding: TableEncoding }
  | { code: 'header_unreadable'; line: number }
  | { code: 'too_many_rows'; limit: number }
  | { code: 'too_many_columns'; limit: number; found: number }
  | { code: 'quotes_broken'; line: number }
  | { code: 'spreadsheet_unreadable' };

const megabytes = (bytes: number) => `${Math.floor(bytes / 1024 / 1024)} MB`;

function inWords(condition: TableCondition): string {
  switch (condition.code) {
    case 'file_empty':
      return 'The file is empty. Choose one with a header row and at least one row below it.';
    case 'file_too_large':
      return `The file is larger than ${megabytes(condition.limitBytes)}. Split it into smaller files.`;
    case 'workbook_too_large':
      return `The workbook is larger than ${megabytes(condition.limitBytes)} once unpacked. Save it as CSV (UTF-8), or split it.`;
    case 'file_not_a_table':
      return `The file is ${condition.found}. Save it as CSV (UTF-8) or as an Excel workbook (.xlsx) and choose that file.`;
    case 'nul_character':
      return `Line ${condition.line} has a NUL character, which no text has. Export the file again as CSV (UTF-8).`;
    case 'encoding_ambiguous':
      return 'The file is not in UTF-8, and its letters could be read in several ways. Choose the encoding whose samples read right, or save the file as CSV UTF-8.';
    case 'encoding_mismatch':
      return `The file is not in ${condition.encoding}. Choose another encoding, or save the file as CSV UTF-8.`;
    case 'header_unreadable':
      return `The header row in line ${condition.line} has a quotation mark that is never closed. Correct the quotation marks in that line.`;
    case 'too_many_rows':
      return `The file has more than ${condition.limit} rows. Split it into smaller files.`;
    case 'too_many_columns':
      return `The file has ${condition.found} columns, and ${condition.limit} are the most. Delete the columns that are not needed.`;
    case 'quotes_broken':
      return `Many rows, from line ${condition.line} on, have quotation marks that do not match. Export the file again with the quotation marks inside of a cell doubled.`;
    case 'spreadsheet_unreadable':
      return 'The workbook cannot be read: it is damaged or protected by a password. Save it again, or as CSV (UTF-8).';
  }
}

const CODES: Partial<Record<TableCondition['code'], ErrorCode>> = {
  file_empty: 'file_empty',
  file_too_large: 'file_too_large',
  workbook_too_large: 'file_too_large',
  too_many_rows: 'file_too_large',
  too_many_columns: 'file_too_large',
  encoding_ambiguous: 'encoding_ambiguous',
};

/**
 * The only error that reading a table throws for what is in the file; everything else is a fault of ours. The detail
 * is plain English with the remedy; `condition` is the same for a program, and stands in the answer's context.
 */
export class TableError extends AppError {
  readonly condition: TableCondition;

  constructor(condition: TableCondition, cause?: unknown) {
    super(CODES[condition.code] ?? 'file_not_readable', {
      detail: inWords(condition),
      context: { condition },
      cause,
    });
    this.name = 'TableError';
    this.condition = condition;
  }
}
