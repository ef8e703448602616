import { sql } from 'kysely';
import { actForRequester } from '../access/act-for-requester.ts';
import type { Context } from '../context.ts';
import { applyPortion } from './apply-portion.ts';
import { stopImport } from './finish-application.ts';
import { finishPreview } from './finish-preview.ts';
import { linkManagers } from './link-managers.ts';
import { type ImportStep, loadImport, type StoredImport } from './load-import.ts';
import { portionSize } from './move-import.ts';
import { parsePortion } from './parse-portion.ts';
import { planPortion } from './plan-portion.ts';
import { undoPortion } from './undo-portion.ts';

type Portion = (ctx: Context, found: StoredImport) => Promise<void>;

const portions: Record<ImportStep, Portion> = {
  parse: parsePortion,
  plan: planPortion,
  missing: finishPreview,
  early: (ctx, found) => applyPortion(ctx, found, true),
  rows: (ctx, found) => applyPortion(ctx, found, false),
  managers: linkManagers,
  undo: undoPortion,
};

/**
 * Does the next portion of whatever an import is at, in the caller's transaction, which also notes how far it has
 * come. Two that do this at once follow each other by the lock of the import's row, and none repeats the other's.
 * @returns whether there is more to do
 */
export async function advanceImport(ctx: Context, id: string): Promise<boolean> {
  const found = await loadImport(ctx, id, true);
  if (found.step === null) return false;
  await refreshStatistics(ctx, found);
  const acting = await actForRequester(ctx, found);
  if (acting) await portions[found.step](acting, found);
  else await stopImport(ctx, found);
  return acting !== null;
}

/** After 1, 4, 16, 64 … portions, so that the planner never thinks of a table as much smaller than it is. */
async function refreshStatistics(ctx: Context, { progressDone }: StoredImport): Promise<void> {
  const grown = Math.log2(progressDone / portionSize) / 2;
  if (Number.isInteger(grown)) await sql`select refresh_import_statistics()`.execute(ctx.tx);
}

/** Goes on with an import until it has ended, each portion in a transaction of its own. */
export async function runImport(
  inTransaction: <T>(work: (ctx: Context) => Promise<T>) => Promise<T>,
  id: string,
): Promise<void> {
  while (await inTransaction((ctx) => advanceImport(ctx, id)));
}
