import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';
import { tidyUp } from './tidy-up.workers.ts';

const harness = useHarness();

async function count(table: string): Promise<number> {
  const { rows } = await harness.deps.db.ownerTransaction((tx) =>
    sql<{ count: number }>`select count(*) from ${sql.table(table)}`.execute(tx),
  );
  return rows[0]!.count;
}

test('clears away what has served its purpose, when its time is over and not before', async () => {
  const { administrator } = await harness.createOrganization();
  const body = { name: 'Support' };
  await administrator.request('POST', '/api/v1/groups', body, { 'idempotency-key': 'once' });
  await tidyUp(harness.deps);
  expect(await count('idempotency_keys')).toBe(1);
  expect(await count('sessions')).toBe(1);

  const before = harness.clock.now;
  harness.clock.now = new Date(before.getTime() + 2 * 86_400_000);
  await tidyUp(harness.deps);
  expect(await count('idempotency_keys')).toBe(0);
  expect(await count('sessions')).toBe(1);

  harness.clock.now = new Date(before.getTime() + 200 * 86_400_000);
  const events = await count('audit_events');
  await tidyUp(harness.deps);
  expect(await count('sessions')).toBe(0);
  expect(await count('audit_events')).toBe(events);
  harness.clock.now = before;
});
