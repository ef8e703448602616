import { unzipSync, zipSync } from 'fflate';
import { type CellValue, readSheet } from 'read-excel-file/node';
import { unguardFormula } from './formula-guard.ts';
import type { RawRow } from './read-csv.ts';
import { TableError, type TableLimits } from './table-error.ts';

/** A ZIP archive: of all files that are, only a workbook opens below. */
export const looksLikeXlsx = (bytes: Uint8Array) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

/**
 * The workbook's XML parts. fflate writes into a buffer of the size that the archive's directory declares and never
 * past it, so the sum of the declared sizes bounds the memory, also where the directory lies.
 */
function unpack(bytes: Uint8Array, limitBytes: number): Record<string, Uint8Array> {
  let size = 0;
  try {
    return unzipSync(bytes, {
      filter: (part) => {
        if (!part.name.endsWith('.xml') && !part.name.endsWith('.rels')) return false;
        size += part.originalSize;
        if (size > limitBytes) throw new TableError({ code: 'workbook_too_large', limitBytes });
        return true;
      },
    });
  } catch (error) {
    if (error instanceof TableError) throw error;
    throw new TableError({ code: 'spreadsheet_unreadable' }, error);
  }
}

/** An element with its attributes; `>` may stand inside of their quotes. */
const TAG = /<(?:\w+:)?(?:row|c)\s((?:"[^"]*"|'[^']*'|[^"'>])*)>/g;
const REFERENCE = /(?:^|\s)r\s*=\s*(?:"([^"]*)"|'([^']*)')/;

function columnNumber(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

/**
 * Refuses a sheet with a cell far out, such as XFD1048576: the library fills all rows and columns up to it, which
 * makes a workbook of 2 kB a table of 17 thousand million cells.
 */
function checkExtent(sheet: string, limits: TableLimits) {
  // No program writes comments, CDATA or a document type into a sheet; they could hide a reference from this check.
  if (/<!/.test(sheet)) throw new TableError({ code: 'spreadsheet_unreadable' });
  for (const [, attributes] of sheet.matchAll(TAG)) {
    const found = REFERENCE.exec(attributes!);
    if (!found) continue;
    const reference = /^([A-Z]{0,3})(\d{1,7})$/.exec(found[1] ?? found[2]!);
    if (!reference) throw new TableError({ code: 'spreadsheet_unreadable' });
    const column = columnNumber(reference[1]!);
    if (column > limits.columns) {
      throw new TableError({ code: 'too_many_columns', limit: limits.columns, found: column });
    }
    // The header and some lines above it come on top.
    if (Number(reference[2]) > limits.rows + 10)
      throw new TableError({ code: 'too_many_rows', limit: limits.rows });
  }
}

function cellText(cell: CellValue | Date | null): string {
  if (cell === null) return '';
  // A day in Excel has no time zone; the library gives it as midnight UTC.
  if (cell instanceof Date) return cell.toISOString().replace('T00:00:00.000Z', '');
  return unguardFormula(String(cell)).trim();
}

/** The workbook's parts, checked, in an archive packed anew: the library sees nothing but what was checked. */
function repack(bytes: Uint8Array, limits: TableLimits): Buffer {
  const parts = unpack(bytes, limits.unpackedBytes);
  if (!parts['xl/workbook.xml']) {
    throw new TableError({ code: 'file_not_a_table', found: 'an archive and no Excel workbook' });
  }
  for (const [name, part] of Object.entries(parts)) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(name)) continue;
    // Only tags are looked at, and they are ASCII: latin1 takes half the memory of UTF-16.
    checkExtent(Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1'), limits);
  }
  const packed = zipSync(parts, { level: 0 });
  return Buffer.from(packed.buffer, packed.byteOffset, packed.length);
}

/**
 * Rows of the first sheet of a workbook. Cells are text as CSV would have it: days as YYYY-MM-DD, booleans as
 * true/false, numbers in full. The library holds the whole sheet while it parses, in a worker thread: some seven
 * times the unpacked size, which `limits.unpackedBytes` bounds; large files are better brought as CSV.
 */
export async function* readXlsx(bytes: Uint8Array, limits: TableLimits): AsyncGenerator<RawRow> {
  const packed = repack(bytes, limits);
  let rows: (CellValue | Date | null)[][];
  try {
    rows = await readSheet(packed);
  } catch (error) {
    throw new TableError({ code: 'spreadsheet_unreadable' }, error);
  }
  for (const [index, row] of rows.entries()) yield { line: index + 1, cells: row.map(cellText) };
}
