import type { ImportRowError } from '@rollcall/contract/imports';
import { sql } from 'kysely';
import { actingUserId, type Context } from '../context.ts';
import { applyPlans, type RowOutcome } from './apply-plans.ts';
import { cellsOf } from './cells-of.ts';
import type { StoredImport } from './load-import.ts';
import { mapColumns } from './map-columns.ts';
import { enterStep, moveOn, portionSize } from './move-import.ts';
import type { ImportedPerson } from './parse-row.ts';
import { type ImportSetting, planRows, type ReadRow, type RowPlan } from './plan-rows.ts';
import { faultsAt, rowErrorsOf } from './row-error.ts';
import { inSavepoint } from './settle-rows.ts';

interface StagedRow {
  position: number;
  cells: string[];
  person: ImportedPerson;
  errors: ImportRowError[] | null;
  repeats: Partial<Record<'signInName' | 'externalId' | 'extension', number>> | null;
}

export const settingOf = (found: StoredImport): ImportSetting => ({
  importId: found.id,
  columns: mapColumns(found.recognition, found.mapping),
  options: found.options,
});

/** Previews the next rows: plans them, does what they plan, and rolls it back. What is refused then is refused here. */
export async function planPortion(ctx: Context, found: StoredImport): Promise<void> {
  const { rows } = await sql<StagedRow>`
    with portion as materialized (
      select position, person, errors, repeats from import_plans
      where organization_id = ${ctx.organizationId} and import_id = ${found.id} and position >= ${found.nextPosition}
      order by position limit ${portionSize}
    )
    select p.*, ${cellsOf(ctx, found.id)} as cells from portion p order by p.position`.execute(ctx.tx);
  if (rows.length === 0) return enterStep(ctx, found, 'missing');
  const setting = settingOf(found);
  const read = rows.map((row) => withRepetitions(row, setting));
  const plans = keepRights(ctx, await planRows(ctx, setting, read));
  await refuseSecondRows(ctx, found, plans);
  const outcomes = await rehearse(ctx, plans, setting);
  const cellsAt = new Map(rows.map(({ position, cells }) => [position, cells]));
  const settled = plans.map((plan) => {
    const outcome = outcomes.get(plan.position);
    if (!outcome || outcome.ok) return plan;
    return refuse(plan, rowErrorsOf(outcome.error, setting.columns, cellsAt.get(plan.position)!));
  });
  await savePlans(ctx, found.id, settled, await administratorRoles(ctx));
  await moveOn(ctx, found, rows.at(-1)!.position + 1, rows.length);
}

const refuse = (plan: RowPlan, errors: ImportRowError[]): RowPlan => ({
  ...plan,
  kind: 'refused',
  errors: [...plan.errors, ...errors],
});

const inWords = { signInName: 'sign-in name', externalId: 'external id', extension: 'extension' };

function withRepetitions(
  { position, cells, person, errors, repeats }: StagedRow,
  setting: ImportSetting,
): ReadRow {
  const faultOf = faultsAt(setting.columns, cells);
  const repeated = Object.entries(repeats ?? {}).map(([field, row]) =>
    faultOf(
      'duplicate_row',
      field,
      `Row ${row} of the file has the same ${inWords[field as keyof typeof inWords]}. Remove one of the two, or correct it.`,
    ),
  );
  return { position, cells, person, errors: [...(errors ?? []), ...repeated] };
}

/** A file does not take the rights of whoever imports it: they would end in the middle of it. */
function keepRights(ctx: Context, plans: RowPlan[]): RowPlan[] {
  const self = actingUserId(ctx.actor);
  return plans.map((plan) => {
    if (plan.userId !== self || self === null) return plan;
    if (plan.kind !== 'deactivate' && !plan.effects?.after.roleIds) return plan;
    const message = 'This is you: a file cannot deactivate you or change your role.';
    const remedy = 'Take out the row, or ask another administrator to import the file.';
    return refuse(plan, [{ code: 'own_access', column: null, value: null, message, remedy }]);
  });
}

/** Two rows may mean the same agent without having a word in common: by external id the one, by name the other. */
async function refuseSecondRows(ctx: Context, found: StoredImport, plans: RowPlan[]): Promise<void> {
  const ids = plans.flatMap(({ userId, kind }) => (userId && kind !== 'refused' ? [userId] : []));
  const earlier = await sql<{ user_id: string; position: number }>`
    select user_id, min(position) as position from import_plans
    where organization_id = ${ctx.organizationId} and import_id = ${found.id} and user_id = any(${ids}::uuid[])
      and position < ${plans[0]!.position} group by user_id`.execute(ctx.tx);
  const first = new Map(earlier.rows.map(({ user_id, position }) => [user_id, position]));
  for (const [index, plan] of plans.entries()) {
    if (!plan.userId || plan.kind === 'refused') continue;
    const row = first.get(plan.userId);
    if (row === undefined) first.set(plan.userId, plan.position);
    else {
      const message = `Row ${row} of the file is about the same agent.`;
      plans[index] = refuse(plan, [
        { code: 'duplicate_row', column: null, value: null, message, remedy: 'Remove one of the two.' },
      ]);
    }
  }
}

async function rehearse(
  ctx: Context,
  plans: readonly RowPlan[],
  setting: ImportSetting,
): Promise<Map<number, RowOutcome>> {
  // Whether a reason is required is asked when it is applied, and it is given then.
  const rehearsal = { ...ctx, reason: ctx.reason ?? 'Preview of an import' };
  return inSavepoint(
    ctx,
    () => applyPlans(rehearsal, plans, setting.options),
    () => false,
  );
}

async function administratorRoles(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from roles where organization_id = ${ctx.organizationId} and key = 'administrator'`.execute(
    ctx.tx,
  );
  return rows.map(({ id }) => id);
}

async function savePlans(
  ctx: Context,
  importId: string,
  plans: readonly RowPlan[],
  administrators: readonly string[],
) {
  const rows = plans.map((plan) => {
    const { before, after } = plan.effects ?? {};
    const isAdministrators = (id: string) => administrators.includes(id);
    const promotes = after?.roleIds?.some(isAdministrators) ?? false;
    const demotes = !promotes && (before?.roleIds?.some(isAdministrators) ?? false);
    return {
      position: plan.position,
      kind: plan.kind,
      user_id: plan.userId,
      name: plan.name,
      sign_in_name: plan.signInName,
      manager_position: plan.managerPosition,
      early: promotes || (after?.extension !== undefined && !demotes),
      effects: plan.effects,
      changes: plan.changes,
      errors: plan.errors,
      warnings: plan.warnings,
    };
  });
  await sql`
    update import_plans p set kind = n.kind, user_id = n.user_id, name = n.name, sign_in_name = n.sign_in_name,
      manager_position = n.manager_position, early = n.early, effects = n.effects, changes = n.changes, errors = n.errors,
      warnings = n.warnings
    from json_to_recordset(${JSON.stringify(rows)}::json) as n(position integer, kind text, user_id uuid, name text,
      sign_in_name text, manager_position integer, early boolean, effects json, changes json, errors json, warnings json)
    where p.organization_id = ${ctx.organizationId} and p.import_id = ${importId} and p.position = n.position`.execute(
    ctx.tx,
  );
}
