import type { AuditCheckpoint } from '@rollcall/contract/audit';
import { beforeEach, expect, test } from 'vitest';
import { createEncryption } from '../../platform/encryption.ts';
import type { TestOrganization } from '../../test/harness.ts';
import { useHarness } from '../../test/harness.ts';
import { sealEverything } from '../../test/seal-everything.ts';
import { appendAuditEvents } from './append-audit-events.ts';
import { rewrapChainKeys } from './chain-key.ts';
import { writeCheckpoints } from './checkpoints.ts';
import { verifyAudit } from './verify-audit.ts';

const harness = useHarness();
let organization: TestOrganization;
let eventIds: string[];

beforeEach(async () => {
  organization = await harness.createOrganization();
  await organization.context((ctx) =>
    appendAuditEvents(
      ctx,
      Array.from({ length: 20 }, (_, n) => ({
        action: 'group.created' as const,
        target: { kind: 'group' as const, id: null, name: `Group ${n}` },
        after: { name: `Group ${n}` },
      })),
    ),
  );
  await sealEverything(harness, organization.id);
  const { rows } = await harness.deps.db.pool.query(
    'select event_id from audit_chain where organization_id = $1 order by seq',
    [organization.id],
  );
  eventIds = rows.map((row) => row.event_id);
});

const verify = (checkpoint?: AuditCheckpoint, encryption = harness.deps.installation.encryption) =>
  harness.deps.db.ownerTransaction((tx) =>
    verifyAudit(tx, encryption, organization.id, checkpoint ? { checkpoint } : {}),
  );

/** As somebody who has taken over the database: its superuser, past every right and trigger. */
async function tamper(statement: string, ...values: unknown[]): Promise<void> {
  const client = await harness.deps.db.connect();
  try {
    await client.query(`set session_replication_role = replica`);
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}

async function takeCheckpoint(): Promise<AuditCheckpoint> {
  const response = await organization.administrator.request('GET', '/api/v1/audit/checkpoint');
  expect(response.statusCode).toBe(200);
  return response.json();
}

test('an untouched chain is intact and fits its checkpoint', async () => {
  const checkpoint = await takeCheckpoint();
  expect(await verify(checkpoint)).toEqual({
    intact: true,
    seq: eventIds.length,
    hash: checkpoint.hash,
    unsealed: 0,
    faults: [],
  });
});

test.each([
  ['action', `'group.deleted'`],
  ['actor_kind', `'anonymous'`],
  ['actor_id', 'gen_random_uuid()'],
  ['target_kind', `'number'`],
  ['target_id', 'gen_random_uuid()'],
  ['request_id', `'another'`],
  ['occurred_at', `occurred_at + interval '1 microsecond'`],
  ['payload_hash', `sha256('another')`],
])('a changed %s is found and named', async (column, value) => {
  await tamper(`update audit_events set ${column} = ${value} where id = $1`, eventIds[6]);
  const { intact, faults } = await verify();
  expect(intact).toBe(false);
  expect(faults).toEqual([expect.objectContaining({ kind: 'changed', seq: 7, eventId: eventIds[6] })]);
});

test('a changed payload is found, and one that is gone', async () => {
  await tamper(`update audit_details set payload = '{"actor":"Nobody"}' where event_id = $1`, eventIds[3]);
  await tamper(`delete from audit_details where event_id = $1`, eventIds[9]);
  expect((await verify()).faults).toMatchObject([
    { kind: 'payload_changed', seq: 4, eventId: eventIds[3] },
    { kind: 'payload_missing', seq: 10, eventId: eventIds[9] },
  ]);
});

test('a payload swapped together with its hash is found', async () => {
  await tamper(`update audit_details set payload = '{"actor":"Nobody"}' where event_id = $1`, eventIds[3]);
  await tamper(
    `update audit_events e set payload_hash = sha256(d.salt || convert_to(d.payload::text, 'UTF8'))
     from audit_details d where d.event_id = e.id and e.id = $1`,
    eventIds[3],
  );
  expect((await verify()).faults).toMatchObject([{ kind: 'changed', seq: 4 }]);
});

test('a missing event is found, with its link and without', async () => {
  await tamper('delete from audit_events where id = $1', eventIds[4]);
  expect((await verify()).faults).toMatchObject([{ kind: 'missing', seq: 5, eventId: eventIds[4] }]);
  await tamper('delete from audit_chain where event_id = $1', eventIds[4]);
  expect((await verify()).faults).toMatchObject([{ kind: 'missing', seq: 5 }]);
});

test('an inserted event is found, outside the chain and within', async () => {
  await tamper(
    `insert into audit_events select organization_id, overlay(id::text placing '0000' from 1 for 4)::uuid, transaction_id, occurred_at, action, actor_kind,
      actor_id, target_kind, target_id, request_id, payload_hash from audit_events where id = $1`,
    eventIds[4],
  );
  const { faults } = await verify();
  expect(faults).toMatchObject([{ kind: 'inserted' }]);
  await tamper(`update audit_chain set event_id = $1 where event_id = $2`, faults[0]!.eventId, eventIds[4]);
  expect((await verify()).faults).toContainEqual(
    expect.objectContaining({ seq: 5, eventId: faults[0]!.eventId }),
  );
});

test('two events that changed places are found', async () => {
  const move = 'update audit_chain set event_id = $1 where organization_id = $2 and seq = $3';
  await tamper(move, organization.id, organization.id, 7);
  await tamper(move, eventIds[6], organization.id, 8);
  await tamper(move, eventIds[7], organization.id, 7);
  expect((await verify()).faults).toMatchObject([
    { kind: 'reordered', seq: 7 },
    { kind: 'reordered', seq: 8 },
  ]);
});

test('a tail cut off is found; cut with all its traces, by a checkpoint from outside', async () => {
  const checkpoint = await takeCheckpoint();
  const cut = eventIds.length - 3;
  await tamper('delete from audit_chain where organization_id = $1 and seq > $2', organization.id, cut);
  expect((await verify()).faults).toContainEqual(expect.objectContaining({ kind: 'cut_off', seq: cut + 1 }));
  await tamper('delete from audit_events where id = any($1::uuid[])', eventIds.slice(cut));
  await tamper('delete from audit_details where event_id = any($1::uuid[])', eventIds.slice(cut));
  await tamper(
    `update audit_seals s set seq = c.seq, hash = c.hash, event_id = c.event_id from audit_chain c
     where c.organization_id = s.organization_id and c.organization_id = $1 and c.seq = $2`,
    organization.id,
    cut,
  );
  expect((await verify()).intact).toBe(true);
  expect((await verify(checkpoint)).faults).toMatchObject([{ kind: 'cut_off', seq: cut + 1 }]);
});

test('a chain made anew does not fit the checkpoint, and a changed checkpoint is refused', async () => {
  const checkpoint = await takeCheckpoint();
  await tamper('delete from audit_chain where organization_id = $1', organization.id);
  await tamper('delete from audit_seals where organization_id = $1', organization.id);
  await tamper(`update audit_events set action = 'group.deleted' where id = $1`, eventIds[2]);
  await sealEverything(harness, organization.id);
  expect((await verify()).intact).toBe(true);
  expect((await verify(checkpoint)).faults).toMatchObject([
    { kind: 'checkpoint_differs', seq: eventIds.length },
  ]);
  await expect(verify({ ...checkpoint, seq: 1 })).rejects.toMatchObject({ code: 'invalid_input' });
});

test('the daily checkpoints in the database are held against the chain', async () => {
  const { db, installation, clock } = harness.deps;
  await db.ownerTransaction((tx) => writeCheckpoints(tx, installation.encryption, clock()));
  await db.ownerTransaction((tx) => writeCheckpoints(tx, installation.encryption, clock()));
  expect((await verify()).intact).toBe(true);
  await tamper(`update audit_checkpoints set hash = sha256('x') where organization_id = $1`, organization.id);
  expect((await verify()).faults).toMatchObject([{ kind: 'checkpoint_differs' }]);
});

test('the secret of the installation can be rotated', async () => {
  const before = 'a secret for tests that is long enough';
  const both = createEncryption(['the next secret, also long enough', before]);
  await harness.deps.db.ownerTransaction((tx) => rewrapChainKeys(tx, both));
  expect((await verify(undefined, createEncryption(['the next secret, also long enough']))).intact).toBe(
    true,
  );
  await expect(verify(undefined, createEncryption([before]))).rejects.toThrow('ROLLCALL_SECRET');
  await harness.deps.db.ownerTransaction((tx) =>
    rewrapChainKeys(tx, createEncryption([before, 'the next secret, also long enough'])),
  );
});
