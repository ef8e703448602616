import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openTable, type TableRow } from './open-table.ts';
import { TableError, type TableLimits } from './table-error.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function workbook(sheetRows: string, extra: Record<string, Uint8Array> = {}) {
  const parts = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${sheetRows}</sheetData></worksheet>`,
  };
  const packed = Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]));
  return zipSync({ ...packed, ...extra });
}

const text = (reference: string, value: string) =>
  `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`;
const header = `<row r="1">${text('A1', 'Name')}${text('B1', 'Phone')}${text('C1', 'Start')}${text('D1', 'Active')}</row>`;

async function read(file: Uint8Array, limits: Partial<TableLimits> = {}) {
  const table = await openTable({ file, limits });
  const rows: TableRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { ...table, rows };
}

async function conditionOf(file: Uint8Array, limits: Partial<TableLimits> = {}) {
  const error = await read(file, limits).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TableError);
  return (error as TableError).condition;
}

describe('a workbook', () => {
  it('gives its cells as CSV would have them', async () => {
    const row = `<row r="3">${text('A3', ' Ada&#160;')}<c r="B3"><v>4930901820</v></c><c r="C3" s="1"><v>46295</v></c><c r="D3" t="b"><v>1</v></c></row>`;
    const table = await read(workbook(header + row));
    expect(table).toMatchObject({
      format: 'xlsx',
      encoding: null,
      headers: ['Name', 'Phone', 'Start', 'Active'],
    });
    expect(table.rows).toEqual([
      { row: 1, line: 3, cells: ['Ada', '4930901820', '2026-09-30', 'true'], faults: [] },
    ]);
  });

  it.each([
    ['past the rows', '<c r="A1048576"><v>1</v></c>', 'too_many_rows'],
    ['past the columns', '<c r="XFD2"><v>1</v></c>', 'too_many_columns'],
    ['with its place in disguise', '<c r="&#88;FD2"><v>1</v></c>', 'spreadsheet_unreadable'],
    ['behind a disguise', `<c s='>' r='XFD1048576'><v>1</v></c>`, 'too_many_columns'],
    ['in a comment', '<!-- <c r="A2"> --><c r="A2"><v>1</v></c>', 'spreadsheet_unreadable'],
  ])('is refused before anything grows for a cell %s', async (_, cell, code) => {
    expect(await conditionOf(workbook(`${header}<row r="2">${cell}</row>`))).toMatchObject({ code });
  });

  it('that unpacks to more than the limit is refused, also where its directory lies', async () => {
    const bomb = workbook(header, { 'xl/media/bomb.xml': new Uint8Array(5_000_000) });
    expect(await conditionOf(bomb, { unpackedBytes: 1_000_000 })).toMatchObject({
      code: 'workbook_too_large',
    });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    for (let at = 0; at < bomb.length - 46; at += 1) {
      const isEntry = view.getUint32(at, true) === 0x02014b50;
      if (isEntry && view.getUint32(at + 24, true) === 5_000_000) view.setUint32(at + 24, 10, true);
    }
    expect((await read(bomb, { unpackedBytes: 1_000_000 })).headers).toHaveLength(4);
  });

  it('that is damaged, or none at all, is refused', async () => {
    expect(await conditionOf(workbook(header).subarray(0, 700))).toEqual({ code: 'spreadsheet_unreadable' });
    expect(await conditionOf(zipSync({ 'notes.xml': strToU8('<a/>') }))).toMatchObject({
      code: 'file_not_a_table',
    });
    const noSheet = workbook(header, { 'xl/worksheets/sheet1.xml': strToU8('<worksheet') });
    expect(await conditionOf(noSheet)).toEqual({ code: 'spreadsheet_unreadable' });
  });
});
