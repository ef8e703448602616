import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type TestUser, useHarness } from '../../test/harness.ts';
import { deactivateUsers } from './deactivate-users.ts';
import { verifyLater } from './off-boarding.workers.ts';

const harness = useHarness();

test('whichever path it comes by, a job looks afterwards whether anything is left, and says so only if not', async () => {
  const organization = await harness.createOrganization();
  const [one, two] = [await organization.addUser(), await organization.addUser()];
  await organization.context((ctx) => deactivateUsers(ctx, [one.id, two.id]));
  const { rows } = await harness.deps.db.ownerTransaction((tx) =>
    sql<{ data: { organizationId: string; ids: string[] } }>`select data from pgboss.job
      where name = 'verify-off-boardings' and data->>'organizationId' = ${organization.id}`.execute(tx),
  );
  expect(rows).toHaveLength(1);
  // What must never be: something is alive again.
  await organization.context((ctx) =>
    sql`update sessions set ended_at = null, end_reason = null where organization_id = ${organization.id} and user_id = ${two.id}`.execute(
      ctx.tx,
    ),
  );
  await verifyLater(harness.deps, rows[0]!.data);
  await verifyLater(harness.deps, rows[0]!.data);
  const verified = async (user: TestUser) =>
    (await organization.administrator.request('GET', `/api/v1/users/${user.id}/off-boardings`)).json()
      .items[0].times.verified;
  expect(await verified(one)).not.toBeNull();
  expect(await verified(two)).toBeNull();
});
