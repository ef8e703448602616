import { importOptions, type UploadImportQuery } from '@rollcall/contract/imports';
import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import { openTable, type TableRow } from '../../platform/tabular/open-table.ts';
import { TableError } from '../../platform/tabular/table-error.ts';
import { requesterOf } from '../access/act-for-requester.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { isTemplatePreamble, recogniseHeaders } from './recognise-headers.ts';

export interface UploadedFile extends UploadImportQuery {
  fileName: string;
  file: Uint8Array | AsyncIterable<Uint8Array>;
}

const stagedAtOnce = 1_000;

/**
 * Reads a CSV or XLSX file, recognises its headers and keeps its rows as they are. Nothing happens to anybody yet.
 * @returns the id of the import
 * @throws TableError for a file that is empty, binary, too large or ambiguous, with the remedy
 */
export async function createImport(ctx: Context, { fileName, ...given }: UploadedFile): Promise<string> {
  requirePermission(ctx, 'users:create');
  const table = await openTable({ ...given, isPreamble: isTemplatePreamble });
  const id = newId();
  const recognition = recogniseHeaders(table.headers, await readCustomFields(ctx));
  await ctx.tx
    .insertInto('imports')
    .values({
      organization_id: ctx.organizationId,
      id,
      file_name: fileName.replace(/^.*[/\\]/, '').slice(-200) || 'file',
      format: table.format,
      encoding: table.encoding,
      delimiter: table.delimiter,
      recognition: JSON.stringify(recognition),
      options: JSON.stringify(importOptions.parse({})),
      row_count: 0,
      ...requesterOf(ctx),
    })
    .execute();
  const count = await stageRows(ctx, id, table.rows);
  if (count === 0) throw new TableError({ code: 'file_empty' });
  await sql`update imports set row_count = ${count} where organization_id = ${ctx.organizationId} and id = ${id}`.execute(
    ctx.tx,
  );
  return id;
}

/** The names that custom fields have in this organization, as far as somebody has them. */
async function readCustomFields(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct name from users u, jsonb_object_keys(u.custom_fields) as name
    where u.organization_id = ${ctx.organizationId} and u.custom_fields <> '{}' limit 100`.execute(ctx.tx);
  return rows.map(({ name }) => name);
}

/** Row security does not go with COPY; rows in portions of JSON are nearly as fast and never all in memory. */
async function stageRows(ctx: Context, importId: string, rows: AsyncIterable<TableRow>): Promise<number> {
  let count = 0;
  let portion: object[] = [];
  const write = async () => {
    await sql`
      insert into import_rows (organization_id, import_id, position, line, cells, faults)
      select ${ctx.organizationId}::uuid, ${importId}::uuid, position, line, cells, faults
      from json_to_recordset(${JSON.stringify(portion)}::json) as r(position integer, line integer, cells json, faults json)`.execute(
      ctx.tx,
    );
    portion = [];
  };
  for await (const { row, line, cells, faults } of rows) {
    count += 1;
    portion.push({ position: row, line, cells, ...(faults.length > 0 ? { faults } : {}) });
    if (portion.length === stagedAtOnce) await write();
  }
  if (portion.length > 0) await write();
  return count;
}
