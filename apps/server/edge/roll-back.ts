import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Context } from '../domain/context.ts';
import { asCaller } from './authenticate-request.ts';
import type { Deps } from './deps.ts';

/** Carries the answer out of the transaction that it rolls back. */
class RolledBack extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super('Rolled back: it was a preview');
    this.result = result;
  }
}

/** How long a preview waits for somebody else's change before it gives up. */
export const previewLockTimeout = 2_000;

/**
 * A preview: runs the real code and rolls it back. It can have no effect, because effects are rows.
 * @param open opens the transaction, such as `(work) => inContext(deps, scope, work)`, with {@link previewLockTimeout}
 */
export async function rollBack<T>(
  open: (work: (ctx: Context) => Promise<never>) => Promise<never>,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  try {
    return await open(async (ctx) => {
      const result = await work(ctx);
      await sql`set constraints all immediate`.execute(ctx.tx);
      throw new RolledBack(result);
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.result as T;
    throw error;
  }
}

/** A preview of what this request would do. */
export function previewAsCaller<T>(
  deps: Deps,
  request: FastifyRequest,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  return rollBack((run) => asCaller(deps, request, run, { lockTimeout: previewLockTimeout }), work);
}

/**
 * The same inside a transaction that goes on: what `work` did is undone, its answer stays. So a confirmed preview can be
 * compared with what would happen now, right before it happens.
 */
export async function rollBackTo<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  await sql`savepoint preview`.execute(ctx.tx);
  const result = await work();
  await sql`rollback to savepoint preview`.execute(ctx.tx);
  return result;
}
