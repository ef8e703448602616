import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { TestOrganization } from '../../test/harness.ts';
import { useHarness } from '../../test/harness.ts';
import { sealEverything } from '../../test/seal-everything.ts';
import { appendAuditEvents } from './append-audit-events.ts';
import { startAuditWorkers } from './audit.workers.ts';
import { sealAudit } from './seal-audit.ts';
import { startSealer } from './start-sealer.ts';
import { verifyAudit } from './verify-audit.ts';

const harness = useHarness();

function note(organization: TestOrganization, count = 1): Promise<void> {
  return organization.context((ctx) =>
    appendAuditEvents(
      ctx,
      Array.from({ length: count }, (_, n) => ({
        action: 'group.created' as const,
        target: { kind: 'group' as const, id: null, name: `Group ${n}` },
      })),
    ),
  );
}

async function chainOf(organization: TestOrganization): Promise<{ seq: number; event_id: string }[]> {
  const { rows } = await harness.deps.db.pool.query(
    'select seq, event_id from audit_chain where organization_id = $1 order by seq',
    [organization.id],
  );
  return rows;
}

const verify = (organization: TestOrganization) =>
  harness.deps.db.ownerTransaction((tx) =>
    verifyAudit(tx, harness.deps.installation.encryption, organization.id),
  );

test('events are chained without a gap while many write at once', async () => {
  const organization = await harness.createOrganization();
  const sealer = startSealer({ ...harness.deps, encryption: harness.deps.installation.encryption });
  const second = startSealer({ ...harness.deps, encryption: harness.deps.installation.encryption });
  await Promise.all(Array.from({ length: 60 }, () => note(organization, 3)));
  await sealEverything(harness, organization.id);
  await Promise.all([sealer.stop(), second.stop()]);
  const chain = await chainOf(organization);
  expect(chain.map((link) => link.seq)).toEqual(chain.map((_, index) => index + 1));
  const { rows } = await harness.deps.db.pool.query(
    'select count(*) from audit_events where organization_id = $1',
    [organization.id],
  );
  expect(chain.length).toBe(rows[0].count);
  expect(await verify(organization)).toMatchObject({ intact: true, unsealed: 0, faults: [] });
});

test('an event waits for an older transaction that still runs, and comes after what that one wrote', async () => {
  const organization = await harness.createOrganization();
  await sealEverything(harness, organization.id);
  const before = (await chainOf(organization)).length;
  const client = await harness.deps.db.connect();
  await client.query('begin; select pg_current_xact_id()');
  await note(organization);
  await harness.deps.db.ownerTransaction((tx) =>
    sealAudit(tx, harness.deps.installation.encryption, organization.id, { now: harness.clock.now }),
  );
  expect((await chainOf(organization)).length).toBe(before);
  await client.query('commit');
  await client.end();
  await sealEverything(harness, organization.id);
  expect((await chainOf(organization)).length).toBe(before + 1);
});

test('the sealer of a node finds by itself what was written before and while it runs', async () => {
  const organization = await harness.createOrganization();
  const workers = await startAuditWorkers(harness.deps, { ...harness.deps.jobs, work: async () => {} });
  await note(organization);
  while ((await verify(organization)).unsealed > 0) await sleep(20);
  await note(organization);
  while ((await verify(organization)).unsealed > 0) await sleep(20);
  await workers.stop();
  expect((await verify(organization)).intact).toBe(true);
});

test('a database restored into a cluster that is younger is sealed on, without a gap', async () => {
  const organization = await harness.createOrganization();
  await note(organization, 5);
  await sealEverything(harness, organization.id);
  await note(organization, 3);
  const { pool } = harness.deps.db;
  // As after a restore: all that is there comes from transactions that this cluster will only reach much later.
  await pool.query(`update audit_events set transaction_id = (transaction_id::text::bigint + 1000000)::text::xid8
    where organization_id = '${organization.id}'`);
  await pool.query(`update audit_seals set transaction_id = (transaction_id::text::bigint + 1000000)::text::xid8
    where organization_id = '${organization.id}'`);
  await note(organization, 2);
  await sealEverything(harness, organization.id);
  expect(await verify(organization)).toMatchObject({ intact: true, unsealed: 0 });
  await note(organization, 2);
  const sealer = startSealer({ ...harness.deps, encryption: harness.deps.installation.encryption });
  await sealEverything(harness, organization.id);
  await sealer.stop();
  const chain = await chainOf(organization);
  expect(chain.at(-1)!.seq).toBe(chain.length);
  expect(await verify(organization)).toMatchObject({ intact: true, unsealed: 0 });
});

test('events that were restored unsealed are found by a sealer that starts', async () => {
  const organization = await harness.createOrganization();
  await sealEverything(harness, organization.id);
  await note(organization, 3);
  await harness.deps.db.pool.query(`update audit_events e set transaction_id = (transaction_id::text::bigint + 1000000)::text::xid8
    where organization_id = '${organization.id}'
      and not exists (select 1 from audit_chain c where c.organization_id = e.organization_id and c.event_id = e.id)`);
  const before = (await chainOf(organization)).length;
  const sealer = startSealer({ ...harness.deps, encryption: harness.deps.installation.encryption });
  while ((await chainOf(organization)).length < before + 3) await sleep(20);
  await sealer.stop();
  expect((await verify(organization)).intact).toBe(true);
});

test.each([
  'update audit_events set action = action',
  'delete from audit_events',
  'truncate audit_events cascade',
  'update audit_details set payload = payload',
  'delete from audit_details',
  'truncate audit_details',
  'insert into audit_chain select organization_id, seq + 1000, gen_random_uuid(), hash from audit_chain',
  'update audit_chain set hash = hash',
  'delete from audit_chain',
  'truncate audit_chain',
  'update audit_seals set seq = seq',
  'delete from audit_checkpoints',
  'select * from organization_keys',
  'alter table audit_events disable row level security',
  'drop table audit_chain',
])('the application may not: %s', async (statement) => {
  const organization = await harness.createOrganization();
  await sealEverything(harness, organization.id);
  const client = await harness.deps.db.connect();
  await client.query(
    `begin; set local role rollcall_app; set local rollcall.organization_id = '${organization.id}'`,
  );
  await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  await client.end();
});
