import { tableEncodings } from '@rollcall/contract/table-file';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DELIMITERS } from './detect-delimiter.ts';
import { openTable, type TableRow } from './open-table.ts';
import { TableError } from './table-error.ts';
import { writeCsv } from './write-csv.ts';

async function written(rows: string[][], options: Parameters<typeof writeCsv>[1] = {}): Promise<string> {
  return Buffer.concat(await writeCsv(rows, options).toArray()).toString('utf8');
}

const awkward = fc.constantFrom(
  '"',
  "'",
  ',',
  ';',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '=',
  '+',
  '-',
  '@',
  ' ',
  '\u00a0',
  'ä',
  '山',
  'x',
);
const cell = fc.oneof(
  fc.string({ unit: awkward, maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0')),
);
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((columns) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 }),
  );

it('what we write is read back the same, in every separator and encoding', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(...DELIMITERS),
      fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
      async (rows, delimiter, encoding) => {
        const headers = rows[0]!.map((_, at) => `column ${at}`);
        const text = await written([headers, ...rows], { delimiter, byteOrderMark: true });
        const utf16 = Buffer.from(text, 'utf16le');
        const file =
          encoding === 'utf-8' ? Buffer.from(text) : encoding === 'utf-16le' ? utf16 : utf16.swap16();
        // One column has no separator that could be found.
        const opened = await openTable({ file, ...(headers.length === 1 ? { delimiter } : {}) });
        const read: TableRow[] = [];
        for await (const row of opened.rows) read.push(row);
        const expected = rows.map((row) => row.map((text) => text.trim())).filter((row) => row.some(Boolean));
        expect(opened).toMatchObject({ encoding, delimiter, headers });
        expect(read.map((row) => row.cells)).toEqual(expected);
        expect(read.flatMap((row) => row.faults)).toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
});

it('the line of a row is where it begins', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const marked = rows.map((row, at) => [`row ${at}`, ...row]);
      const text = await written([marked[0]!.map((_, at) => `h${at}`), ...marked]);
      const opened = await openTable({ file: Buffer.from(text), delimiter: ',' });
      const lines = text.split(/\r\n|\n|\r/);
      for await (const row of opened.rows)
        expect(lines[row.line - 1]).toMatch(new RegExp(`^row ${row.row - 1}(,|$)`));
    }),
  );
});

it('whatever the bytes are, reading ends with rows or with a typed error', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: awkward, maxLength: 200 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 100 }).map((rest) => Buffer.concat([Buffer.from('PK\x03\x04'), rest])),
  );
  await fc.assert(
    fc.asyncProperty(
      bytes,
      fc.option(fc.constantFrom(...tableEncodings), { nil: undefined }),
      async (file, encoding) => {
        try {
          const opened = await openTable({ file, ...(encoding && { encoding }) });
          for await (const row of opened.rows) expect(row.cells).toHaveLength(opened.headers.length);
        } catch (error) {
          if (!(error instanceof TableError)) throw error;
        }
      },
    ),
    { numRuns: 2000 },
  );
}, 120_000);

describe('formulas', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+4930901820', "'+4930901820"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2', "'-2"],
    [' =1', `"' =1"`.replaceAll('"', '')],
    ["'=1", "''=1"],
    ["O'Neil", "O'Neil"],
    ['＝1', "'＝1"],
  ])('%j is written as %j', async (cellText, inFile) => {
    expect(await written([[cellText]])).toBe(`${inFile}\r\n`);
  });

  it('no cell that we write begins with what a spreadsheet runs', async () => {
    await fc.assert(
      fc.asyncProperty(cell, async (text) => {
        const file = await written([[text]]);
        expect(file.replace(/^"/, '').trimStart()).not.toMatch(/^[=+\-@\t＝＋－＠]/u);
      }),
    );
  });
});
