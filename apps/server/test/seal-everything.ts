import { setTimeout as sleep } from 'node:timers/promises';
import { sealAudit } from '../domain/audit/seal-audit.ts';
import type { Harness } from './harness.ts';

/** Seals what an organization has committed so far; waits for transactions of other tests that hold the sealer back. */
export async function sealEverything(harness: Harness, organizationId: string): Promise<void> {
  const { db, installation, clock } = harness.deps;
  const { rows } = await db.pool.query(
    'select array_agg(id) as ids from audit_events where organization_id = $1',
    [organizationId],
  );
  while (true) {
    await db.ownerTransaction((tx) =>
      sealAudit(tx, installation.encryption, organizationId, { now: clock() }),
    );
    const sealed = await db.pool.query(
      'select 1 from audit_chain where organization_id = $1 and event_id = any($2)',
      [organizationId, rows[0].ids],
    );
    if (sealed.rowCount === rows[0].ids.length) return;
    await sleep(20);
  }
}
