import { describe, expect, it, test } from 'vitest';
import { type OpenTableInput, openTable, type TableRow } from './open-table.ts';
import { type TableCondition, TableError } from './table-error.ts';

async function read(file: string | Uint8Array, input: Omit<OpenTableInput, 'file'> = {}) {
  const table = await openTable({ ...input, file: typeof file === 'string' ? Buffer.from(file) : file });
  const rows: TableRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { ...table, rows, cells: rows.map((row) => row.cells) };
}

async function conditionOf(file: string | Uint8Array, input: Omit<OpenTableInput, 'file'> = {}) {
  try {
    await read(file, input);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    expect(error.message).toMatch(/^[A-Z].+\.$/s);
    return error.condition;
  }
  throw new Error('The file was read.');
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const people = [
  ['Jürgen', 'Groß'],
  ['Zoë', '山田'],
];
const text = 'first;last\r\nJürgen;Groß\r\nZoë;山田\r\n';

describe('encodings that are certain', () => {
  test.each([
    ['UTF-8', 'utf-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', 'utf-8', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE with a byte order mark', 'utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 BE with a byte order mark', 'utf-16be', utf16be(`\ufeff${text}`)],
    ['UTF-16 LE without', 'utf-16le', Buffer.from(text, 'utf16le')],
    ['UTF-16 BE without', 'utf-16be', utf16be(text)],
  ])('%s', async (_, encoding, file) => {
    expect(await read(file)).toMatchObject({
      encoding,
      delimiter: ';',
      headers: ['first', 'last'],
      cells: people,
    });
  });
});

describe('8-bit encodings are asked about', () => {
  const latin = Buffer.from('name,city\nJürgen,Köln\nAda,London\n', 'latin1');

  it('with how the lines would read', async () => {
    const condition = await conditionOf(latin);
    expect(condition).toMatchObject({ code: 'encoding_ambiguous' });
    const { candidates } = condition as Extract<TableCondition, { code: 'encoding_ambiguous' }>;
    expect(candidates[0]).toEqual({ encoding: 'windows-1252', sampleLines: ['Jürgen,Köln'] });
    expect(candidates.map((candidate) => candidate.encoding)).toContain('macintosh');
    expect(new Set(candidates.map((candidate) => candidate.sampleLines[0])).size).toBe(candidates.length);
  });

  it('and then taken as chosen', async () => {
    expect((await read(latin, { encoding: 'windows-1252' })).cells[0]).toEqual(['Jürgen', 'Köln']);
  });

  it('unless the choice does not fit', async () => {
    expect(await conditionOf(latin, { encoding: 'utf-8' })).toMatchObject({ code: 'encoding_mismatch' });
  });
});

describe('separators', () => {
  test.each([
    [',', 'a,b\n"x;y;z",2\n'],
    [';', 'a;b\n1,5;2,5\n3,5;4\n'],
    ['\t', 'a\tb\tc\n\t\tx, y\n'],
    [';', '"Name, first";last\n"Ada, A";Lovelace\n'],
    [',', 'email\nada@example.com\n'],
    [';', 'sep=;\r\na;b\r\n1;2\r\n'],
    [',', 'email,groups\nada@example.com,Sales;Support;Night\n'],
  ])('%j is found in %j', async (delimiter, file) => {
    expect((await read(file)).delimiter).toBe(delimiter);
  });

  it('counts the lines below Excel’s separator line from the top of the file', async () => {
    expect((await read('sep=;\na;b\n1;2\n')).rows[0]).toMatchObject({ row: 1, line: 3 });
  });
});

describe('rows', () => {
  it('carry the line that they begin on, over quoted line ends of every kind and empty lines', async () => {
    const { rows } = await read('a,b\r\n1,"x\r\ny\nz"\r\n\r\n , \r\n3,4\r\n');
    expect(rows.map(({ row, line, cells }) => ({ row, line, cells }))).toEqual([
      { row: 1, line: 2, cells: ['1', 'x\r\ny\nz'] },
      { row: 2, line: 7, cells: ['3', '4'] },
    ]);
  });

  it('lose spaces and no-break spaces around a cell', async () => {
    expect((await read('a,b\n\u00a0 1\u00a0,\t"2" \n')).cells).toEqual([['1', '2']]);
  });

  it('with too few and too many cells are told, each by itself', async () => {
    const { rows } = await read('a,b\n1\n1,2,3\n1,2,,\n1,2\n');
    expect(rows.map((row) => row.faults.map((fault) => fault.code))).toEqual([
      ['too_few_cells'],
      ['too_many_cells'],
      [],
      [],
    ]);
  });

  it('with a cell that is too long are told', async () => {
    const { rows } = await read('a,b\n1,12345\n', { limits: { cellLength: 4 } });
    expect(rows[0]!.faults).toMatchObject([{ code: 'cell_too_long', column: 1, limit: 4 }]);
  });

  test.each([
    ['an unclosed quote', 'a,b\n1,2\n"Ada,4\nx,y\nz,w\n'],
    ['an unclosed quote and a good one below', 'a,b\n1,2\n"Ada,4\nx,"y"\nz,w\n'],
    ['a quote in the middle', 'a,b\n1,2\nAda "A" L,4\nx,y\nz,w\n'],
    ['text behind a closing quote', 'a,b\n1,2\n"Ada"L,4\nx,y\nz,w\n'],
    ['text behind a closing quote and a space', 'a,b\r1,2\r"Ada" L,4\rx,y\rz,w\r'],
  ])('with %s are told with the line and do not hide the rows below', async (_, file) => {
    const { rows } = await read(file);
    expect(rows.map((row) => [row.line, row.cells[0], row.faults[0]?.code])).toEqual([
      [2, '1', undefined],
      [3, '', 'quote_broken'],
      [4, 'x', undefined],
      [5, 'z', undefined],
    ]);
  });

  it('that never end are told', async () => {
    const { rows } = await read(`a,b\n${'x'.repeat(200)},2\n3,4\n`, { limits: { rowBytes: 100 } });
    expect(rows.map((row) => row.faults[0]?.code)).toEqual(['row_too_long', undefined]);
  });
});

describe('headers', () => {
  it('that stand twice are told with their columns', async () => {
    expect((await read('Email,name,email,,\n1,2,3,,\n')).duplicateHeaders).toEqual([
      { header: 'Email', columns: [0, 2] },
    ]);
  });

  it('are found below lines that the caller knows', async () => {
    const table = await read('\nversion:v1.0,\na,b\n1,2\n', {
      isPreamble: (cells) => cells[0] === 'version:v1.0',
    });
    expect(table).toMatchObject({ headerLine: 3, headers: ['a', 'b'], cells: [['1', '2']] });
  });
});

describe('files that are refused as a whole', () => {
  test.each([
    ['nothing in it', '', { code: 'file_empty' }],
    ['spaces in it', ' \n\n', { code: 'file_empty' }],
    ['a byte order mark in it', '\ufeff', { code: 'file_empty' }],
    ['a NUL', 'a,b\n1,\u00002\n', { code: 'file_not_a_table', found: 'not a text file' }],
    ['an open quote in the header', 'a,"b\n1,2\n', { code: 'header_unreadable', line: 1 }],
    ['a PDF', '%PDF-1.7\n', { code: 'file_not_a_table', found: 'a PDF' }],
  ])('%s', async (_, file, condition) => {
    expect(await conditionOf(file)).toEqual(condition);
  });

  it('a NUL in an encoding that was chosen, with its line', async () => {
    expect(await conditionOf('a,b\n1,\u00002\n', { encoding: 'utf-8' })).toEqual({
      code: 'nul_character',
      line: 2,
    });
  });

  it('bytes that are no text', async () => {
    const bytes = Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919 + (at >> 3)) % 256);
    expect(await conditionOf(bytes)).toEqual({ code: 'file_not_a_table', found: 'not a text file' });
  });

  it('more than the limits', async () => {
    const file = 'a,b\n1,2\n3,4\n';
    expect(await conditionOf(file, { limits: { bytes: 5 } })).toEqual({
      code: 'file_too_large',
      limitBytes: 5,
    });
    expect(await conditionOf(file, { limits: { rows: 1 } })).toEqual({ code: 'too_many_rows', limit: 1 });
    expect(await conditionOf(file, { limits: { columns: 1 } })).toMatchObject({
      code: 'too_many_columns',
      found: 2,
    });
    expect(await conditionOf(`a,b\n${'"x\n'.repeat(300)}`)).toMatchObject({ code: 'quotes_broken' });
  });

  it('a stream is not gathered past the limit', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1000;
        yield Buffer.alloc(1000, 'a,');
      }
    }
    await expect(openTable({ file: endless(), limits: { bytes: 10_000 } })).rejects.toThrow(TableError);
    expect(given).toBeLessThanOrEqual(11_000);
  });
});
