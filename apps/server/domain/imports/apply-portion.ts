import { isDeepStrictEqual } from 'node:util';
import type { ImportRowError } from '@rollcall/contract/imports';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { applyPlans } from './apply-plans.ts';
import { cellsOf } from './cells-of.ts';
import type { StoredImport } from './load-import.ts';
import { enterStep, moveOn, portionSize } from './move-import.ts';
import type { ImportedPerson } from './parse-row.ts';
import type { Effects } from './plan-changes.ts';
import { settingOf } from './plan-portion.ts';
import { planRows, type RowPlan } from './plan-rows.ts';
import { rowErrorsOf } from './row-error.ts';

interface PlannedRow {
  position: number;
  cells: string[] | null;
  person: ImportedPerson | null;
  kind: RowPlan['kind'];
  userId: string | null;
  managerPosition: number | null;
  effects: Effects | null;
}

/** Does what the next rows plan, if that is still what a plan of today would be; `early`: those that must go first. */
export async function applyPortion(ctx: Context, found: StoredImport, early: boolean): Promise<void> {
  const { rows } = await sql<PlannedRow>`
    with portion as materialized (
      select position, person, kind, user_id as "userId", manager_position as "managerPosition", effects from import_plans
      where organization_id = ${ctx.organizationId} and import_id = ${found.id} and position >= ${found.nextPosition}
        and kind in ('create', 'change', 'deactivate') and early = ${early}
      order by position limit ${portionSize}
    )
    select p.*, ${cellsOf(ctx, found.id)} as cells from portion p order by p.position`.execute(ctx.tx);
  if (rows.length === 0) return enterStep(ctx, found, early ? 'rows' : 'managers');
  const setting = settingOf(found);
  const drifted = await findDrifted(ctx, found, rows);
  const outcomes = await applyPlans(
    ctx,
    rows.filter(({ position }) => !drifted.has(position)),
    setting.options,
  );
  const results = rows.map(({ position, cells }) => {
    const outcome = outcomes.get(position);
    if (outcome?.ok) return { position, outcome: 'done', user_id: outcome.userId };
    const errors = outcome
      ? rowErrorsOf(outcome.error, setting.columns, cells ?? [])
      : drifted.get(position)!;
    return { position, outcome: 'refused', errors };
  });
  await sql`
    insert into import_outcomes (organization_id, import_id, position, outcome, user_id, errors)
    select ${ctx.organizationId}::uuid, ${found.id}::uuid, position, outcome, user_id, errors
    from json_to_recordset(${JSON.stringify(results)}::json) as o(position integer, outcome text, user_id uuid, errors json)`.execute(
    ctx.tx,
  );
  await moveOn(ctx, found, rows.at(-1)!.position + 1, rows.length);
}

/** Plans the rows again: whoever has changed somebody since the preview is not overwritten unseen. */
async function findDrifted(
  ctx: Context,
  found: StoredImport,
  rows: readonly PlannedRow[],
): Promise<Map<number, ImportRowError[]>> {
  const fromFile = rows.filter(({ person }) => person !== null);
  const today = await planRows(
    ctx,
    settingOf(found),
    fromFile.map(({ position, cells, person, managerPosition }) => {
      // Their manager is given in a later step; by now the manager may be there.
      const { manager, ...others } = person!;
      return { position, cells: cells!, person: managerPosition === null ? person! : others, errors: [] };
    }),
  );
  const drifted = new Map<number, ImportRowError[]>();
  for (const [index, row] of fromFile.entries()) {
    const plan = today[index]!;
    if (plan.errors.length > 0) drifted.set(row.position, plan.errors.map(sinceThePreview));
    else if (!isSamePlan(row, plan)) drifted.set(row.position, [drift(row, plan)]);
  }
  return drifted;
}

function isSamePlan(row: PlannedRow, plan: RowPlan): boolean {
  const kind = row.kind === 'change' && row.effects === null ? 'unchanged' : row.kind;
  return (
    plan.kind === kind &&
    plan.userId === row.userId &&
    isDeepStrictEqual(JSON.parse(JSON.stringify(plan.effects)), row.effects)
  );
}

const sinceThePreview = (error: ImportRowError): ImportRowError => ({
  ...error,
  message: `Since the preview: ${error.message}`,
});

function drift(row: PlannedRow, plan: RowPlan): ImportRowError {
  const what =
    row.userId === plan.userId
      ? 'This agent has been changed since the preview.'
      : 'Since the preview, the row means another agent.';
  return {
    code: 'preview_drifted',
    column: null,
    value: null,
    message: what,
    remedy: 'Import the row again to see what it would change now.',
  };
}
