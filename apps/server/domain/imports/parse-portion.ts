import { sql } from 'kysely';
import type { RowFault } from '../../platform/tabular/open-table.ts';
import type { Context } from '../context.ts';
import type { StoredImport } from './load-import.ts';
import { mapColumns } from './map-columns.ts';
import { enterStep, moveOn, portionSize } from './move-import.ts';
import { parseRow } from './parse-row.ts';
import { signInKeyOf, signInNameOf } from './plan-rows.ts';

/** Reads the cells of the next rows; after the last of them, finds the rows that repeat another. */
export async function parsePortion(ctx: Context, found: StoredImport): Promise<void> {
  const { rows } = await sql<{ position: number; cells: string[]; faults: RowFault[] | null }>`
    select position, cells, faults from import_rows
    where organization_id = ${ctx.organizationId} and import_id = ${found.id} and position >= ${found.nextPosition}
    order by position limit ${portionSize}`.execute(ctx.tx);
  if (rows.length === 0) {
    await findRepetitions(ctx, found.id);
    return enterStep(ctx, found, 'plan');
  }
  const columns = mapColumns(found.recognition, found.mapping);
  const country = found.options.defaultCountry ?? found.organizationCountry ?? undefined;
  const parsed = rows.map(({ position, cells, faults }) => {
    const { person, errors } = parseRow(cells, faults, columns, country);
    return {
      position,
      person,
      errors,
      name: `${person.firstName ?? ''} ${person.lastName ?? ''}`.trim(),
      sign_in_name: signInNameOf(person),
      sign_in_key: signInKeyOf(person),
      external_id: person.externalId,
      extension: person.extension,
    };
  });
  await sql`
    insert into import_plans (organization_id, import_id, position, person, errors, name, sign_in_name, sign_in_key, external_id, extension)
    select ${ctx.organizationId}::uuid, ${found.id}::uuid, position, person, errors, name, sign_in_name, sign_in_key, external_id, extension
    from json_to_recordset(${JSON.stringify(parsed)}::json) as p(position integer, person json, errors json, name text,
      sign_in_name text, sign_in_key text, external_id text, extension text)`.execute(ctx.tx);
  await moveOn(ctx, found, rows.at(-1)!.position + 1, rows.length);
}

/** The later of two rows with the same sign-in name, external id or extension is told which the earlier one is. */
async function findRepetitions(ctx: Context, importId: string): Promise<void> {
  await sql`
    with first as (
      select position,
        case when sign_in_key is not null then min(position) over (partition by sign_in_key) end as sign_in,
        case when external_id is not null then min(position) over (partition by external_id) end as external,
        case when extension is not null then min(position) over (partition by extension) end as extension
      from import_plans where organization_id = ${ctx.organizationId} and import_id = ${importId}
    ), repeated as materialized (
      select * from first where sign_in < position or external < position or extension < position
    )
    update import_plans p set repeats = json_strip_nulls(json_build_object(
      'signInName', nullif(f.sign_in, p.position), 'externalId', nullif(f.external, p.position),
      'extension', nullif(f.extension, p.position)))
    from repeated f
    where p.organization_id = ${ctx.organizationId} and p.import_id = ${importId} and p.position = f.position`.execute(
    ctx.tx,
  );
}
