import { sql } from 'kysely';
import type { Jobs } from '../../db/open-jobs.ts';
import type { Deps } from '../../edge/deps.ts';

/**
 * What has served its purpose, and when it goes. What somebody may have to prove (audit, history, off-boarding
 * records, invitations) is not here: that is for retention rules, which the organization sets.
 */
const leftovers = [
  { table: 'idempotency_keys', over: sql`created_at`, days: 1 },
  { table: 'request_windows', over: sql`window_start`, days: 1 },
  { table: 'user_links', over: sql`expires_at`, days: 30 },
  { table: 'sessions', over: sql`coalesce(ended_at, expires_at)`, days: 90 },
  { table: 'import_plans', over: sql`created_at`, days: 90, of: 'imports' },
  { table: 'import_rows', over: sql`created_at`, days: 90, of: 'imports' },
] as const;

const mostAtOnce = 10_000;

/** Clears leftovers away every hour, on one node, some thousand rows a transaction. */
export async function startHousekeeping(deps: Deps, jobs: Jobs): Promise<undefined> {
  await jobs.work('tidy-up', () => tidyUp(deps));
  await jobs.schedule('tidy-up', '41 * * * *');
}

export async function tidyUp(deps: Deps): Promise<void> {
  for (const leftover of leftovers) {
    const before = new Date(deps.clock().getTime() - leftover.days * 86_400_000);
    const table = sql.table(leftover.table);
    const old =
      'of' in leftover
        ? sql`(organization_id, import_id) in (
            select organization_id, id from ${sql.table(leftover.of)} where ${leftover.over} < ${before})`
        : sql`${leftover.over} < ${before}`;
    let deleted = mostAtOnce;
    while (deleted === mostAtOnce) {
      deleted = await deps.db.ownerTransaction(async (tx) => {
        const { rows } = await sql`
          delete from ${table} where ctid = any(array(select ctid from ${table} where ${old} limit ${mostAtOnce}))
          returning 1`.execute(tx);
        return rows.length;
      });
    }
  }
}
