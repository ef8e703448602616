import type { FastifyInstance } from 'fastify';
import { readMigrations } from '../db/migrate.ts';
import type { Deps } from './deps.ts';
import { readJobLag } from './metrics.ts';

/** Background work that waits longer than this makes a node not ready. */
const mostLagSeconds = 300;

/** `/healthz`: the process answers. `/readyz`: the database answers, is migrated, and background work keeps up. */
export function serveHealth(app: FastifyInstance, deps: Deps): void {
  const options = { schema: { hide: true } as object, logLevel: 'warn' as const };
  app.get('/healthz', options, async () => ({ status: 'ok' }));
  app.get('/readyz', options, async (request, reply) => {
    const checks = await Promise.all([
      check('database', async () => void (await deps.db.pool.query('select 1'))),
      check('migrations', () => requireMigrated(deps)),
      check('jobs', () => requireJobsKeepUp(deps)),
    ]);
    const failed = checks.filter((result) => !result.ok);
    if (failed.length > 0) request.log.warn({ checks }, 'not ready');
    return reply
      .code(failed.length > 0 ? 503 : 200)
      .send({ status: failed.length > 0 ? 'not ready' : 'ready', checks });
  });
}

async function check(
  name: string,
  run: () => Promise<void>,
): Promise<{ name: string; ok: boolean; reason?: string }> {
  try {
    await run();
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, reason: error instanceof NotReady ? error.message : 'not reachable' };
  }
}

class NotReady extends Error {}

async function requireMigrated(deps: Deps): Promise<void> {
  const { rows } = await deps.db.pool.query<{ name: string }>('select name from schema_migrations');
  const applied = new Set(rows.map((row) => row.name));
  const missing = (await readMigrations()).filter((migration) => !applied.has(migration.name));
  if (missing.length > 0) throw new NotReady(`${missing.length} migrations are missing`);
}

async function requireJobsKeepUp(deps: Deps): Promise<void> {
  const late = (await readJobLag(deps)).filter((queue) => queue.oldestSeconds > mostLagSeconds);
  if (late.length > 0) throw new NotReady(`behind: ${late.map((queue) => queue.queue).join(', ')}`);
}
