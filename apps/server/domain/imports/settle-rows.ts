import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';

/** Runs `work` so that nothing of it stays if it throws or if `keep` says no. */
export async function inSavepoint<T>(
  ctx: Context,
  work: () => Promise<T>,
  keep: (result: T) => boolean,
): Promise<T> {
  await sql`savepoint import_rows`.execute(ctx.tx);
  let kept = false;
  try {
    const result = await work();
    kept = keep(result);
    return result;
  } finally {
    if (!kept) await sql`rollback to savepoint import_rows`.execute(ctx.tx);
    await sql`release savepoint import_rows`.execute(ctx.tx);
  }
}

/** Errors that concern all rows alike: dividing the set would only find the same again. */
const concernsAll = new Set(['forbidden', 'reason_required', 'try_again']);

/**
 * Runs `work` on a set of rows so that each is done wholly or not at all and none hinders another: with those that it
 * refuses, everything is rolled back and done again without them; a set that throws is divided until the culprit is
 * alone.
 * @returns the outcome of each row, in their order
 */
export async function settleRows<Row, T>(
  ctx: Context,
  rows: readonly Row[],
  work: (rows: readonly Row[]) => Promise<Outcome<T>[]>,
): Promise<Outcome<T>[]> {
  const settled = new Map<Row, Outcome<T>>();
  let remaining = rows;
  while (remaining.length > 0) {
    const tried = remaining;
    let outcomes: Outcome<T>[];
    try {
      outcomes = await inSavepoint(
        ctx,
        () => work(tried),
        (results) => results.every(({ ok }) => ok),
      );
    } catch (error) {
      const refusal = refusalOf(error);
      if (tried.length > 1 && !concernsAll.has(refusal.code)) {
        const middle = tried.length >> 1;
        for (const half of [tried.slice(0, middle), tried.slice(middle)]) {
          const part = await settleRows(ctx, half, work);
          for (const [index, row] of half.entries()) settled.set(row, part[index]!);
        }
        break;
      }
      outcomes = tried.map(() => ({ ok: false, error: refusal }));
    }
    const done = outcomes.every(({ ok }) => ok);
    for (const [index, row] of tried.entries()) {
      if (done || !outcomes[index]!.ok) settled.set(row, outcomes[index]!);
    }
    if (done) break;
    remaining = tried.filter((_, index) => outcomes[index]!.ok);
  }
  return rows.map((row) => settled.get(row)!);
}

/** @throws what is no fault of a row: the connection is gone, a deadlock that the edge tries again. */
function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code } = error as { code?: string };
  // Classes 22 (data) and 23 (constraints) of SQLSTATE.
  if (!code || !/^2[23]...$/.test(code)) throw error;
  return new AppError('invalid_input', {
    detail: 'The database refused this row. Compare it with the others, or leave it out.',
    cause: error,
  });
}
