import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, buildApp } from '../../app.ts';
import { type Database, openDatabase } from '../../db/open-database.ts';
import { newId } from '../../platform/ids.ts';
import type { Repetition } from '../../platform/run-repeatedly.ts';
import { issueSecret } from '../../platform/secrets.ts';
import type { TestOrganization, TestUser } from '../../test/harness.ts';
import { useHarness } from '../../test/harness.ts';
import { openRawStream } from '../../test/open-raw-stream.ts';
import { sealEverything } from '../../test/seal-everything.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { startSealer } from '../audit/start-sealer.ts';
import { announceEndedAccess } from '../sessions/announce-ended-access.ts';

const harness = useHarness();
let sealer: Repetition;
let otherNode: App;
let otherDatabase: Database;

beforeAll(async () => {
  sealer = startSealer({ ...harness.deps, encryption: harness.deps.installation.encryption });
  otherDatabase = openDatabase(harness.databaseUrl, { poolSize: 4 });
  otherNode = await buildApp({ ...harness.deps, db: otherDatabase });
});
afterAll(async () => {
  await sealer.stop();
  await otherNode.close();
  await otherDatabase.close();
});

const events = (app: App, user: TestUser, headers: Record<string, string> = {}) =>
  openRawStream(app, '/api/v1/events', { cookie: user.cookie, ...headers });

function note(
  organization: TestOrganization,
  target: { kind: 'user' | 'group'; id: string | null },
): Promise<void> {
  const action = target.kind === 'user' ? 'user.updated' : 'group.updated';
  return organization.context((ctx) =>
    appendAuditEvents(ctx, [{ action, target: { ...target, name: 'X' } }]),
  );
}

async function endSessions(organization: TestOrganization, ids: string[]): Promise<void> {
  await organization.context(async (ctx) => {
    await ctx.tx
      .updateTable('sessions')
      .set({ ended_at: ctx.now, end_reason: 'ended_by_administrator' })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', 'in', ids)
      .execute();
    await announceEndedAccess(ctx, { sessionIds: ids });
  });
}

async function addKey(organization: TestOrganization, user: TestUser, permissions: string[]) {
  const { secret, hash } = issueSecret('rck', organization.id);
  const id = newId();
  await organization.context((ctx) =>
    ctx.tx
      .insertInto('api_keys')
      .values({
        organization_id: organization.id,
        id,
        user_id: user.id,
        name: 'Key',
        secret_hash: hash,
        hint: 'x',
        permissions,
        expires_at: new Date(ctx.now.getTime() + 86_400_000),
      })
      .execute(),
  );
  return { id, secret };
}

test('a change on one node reaches the streams of every node', async () => {
  const organization = await harness.createOrganization();
  const here = await events(harness.app, organization.administrator);
  const there = await events(otherNode, organization.administrator);
  await Promise.all([here.until('event: ready'), there.until('event: ready')]);
  expect(here.text).toContain('retry: ');
  const id = newId();
  await note(organization, { kind: 'group', id });
  await Promise.all([here.until(id), there.until(id)]);
  expect(here.text).toMatch(/id: \d+\nevent: change\ndata: \{"seq":\d+,"action":"group.updated"/);
  for (const stream of [here, there]) stream.destroy();
});

test('a stream that comes back misses nothing and gets nothing twice', async () => {
  const organization = await harness.createOrganization();
  await sealEverything(harness, organization.id);
  const first = await events(harness.app, organization.administrator);
  await first.until('event: ready');
  const last = /\nid: (\d+)/.exec(first.text)![1]!;
  first.destroy();
  const ids = [newId(), newId(), newId()];
  for (const id of ids) await note(organization, { kind: 'group', id });
  await sealEverything(harness, organization.id);
  const again = await events(otherNode, organization.administrator, { 'last-event-id': last });
  await again.until(ids[2]!);
  const seen = [...again.text.matchAll(/id":"([^"]+)"/g)].map((match) => match[1]);
  expect(seen).toEqual(ids);
  again.destroy();
  const ahead = await events(harness.app, organization.administrator, { 'last-event-id': '999999' });
  await ahead.until('event: reset');
  ahead.destroy();
});

test('an agent sees their own changes and nobody else’s; no organization sees another’s', async () => {
  const organization = await harness.createOrganization();
  const stranger = await harness.createOrganization();
  const agent = await organization.addUser();
  const colleague = await organization.addUser();
  await sealEverything(harness, organization.id);
  const own = await events(harness.app, agent);
  const foreign = await events(harness.app, stranger.administrator);
  await Promise.all([own.until('event: ready'), foreign.until('event: ready')]);
  await note(organization, { kind: 'group', id: newId() });
  await note(organization, { kind: 'user', id: colleague.id });
  await note(organization, { kind: 'user', id: agent.id });
  const marker = newId();
  await note(stranger, { kind: 'group', id: marker });
  await Promise.all([own.until(agent.id), foreign.until(marker)]);
  expect(own.text.match(/event: change/g)).toHaveLength(1);
  expect(own.text).not.toContain(colleague.id);
  expect(foreign.text).not.toContain(agent.id);
  for (const stream of [own, foreign]) stream.destroy();
});

test('the end of a session closes its streams on every node, and no other', async () => {
  const organization = await harness.createOrganization();
  const agent = await organization.addUser();
  const streams = await Promise.all([events(harness.app, agent), events(otherNode, agent)]);
  const remaining = await events(otherNode, organization.administrator);
  await endSessions(organization, [agent.sessionId]);
  await Promise.all(streams.map((stream) => stream.closed));
  expect((await agent.request('GET', '/api/v1/events')).statusCode).toBe(401);
  const id = newId();
  await note(organization, { kind: 'group', id });
  await remaining.until(id);
  remaining.destroy();
});

test('the end of a user, of a key, and of too many to name closes streams too', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const key = await addKey(organization, administrator, ['groups:read']);
  await sealEverything(harness, organization.id);
  const byKey = await openRawStream(otherNode, '/api/v1/events', { authorization: `Bearer ${key.secret}` });
  await byKey.until('event: ready');
  const id = newId();
  await note(organization, { kind: 'user', id: newId() });
  await note(organization, { kind: 'group', id });
  await byKey.until(id);
  expect(byKey.text.match(/event: change/g)).toHaveLength(1);
  await organization.context(async (ctx) => {
    await ctx.tx
      .updateTable('api_keys')
      .set({ ended_at: ctx.now, end_reason: 'revoked' })
      .where('id', '=', key.id)
      .execute();
    await announceEndedAccess(ctx, { keyIds: [key.id] });
  });
  await byKey.closed;

  const agents = await Promise.all(Array.from({ length: 3 }, () => organization.addUser()));
  const streams = await Promise.all(agents.map((agent) => events(otherNode, agent)));
  await organization.context((ctx) => announceEndedAccess(ctx, { userIds: [agents[0]!.id] }));
  await streams[0]!.closed;
  const strangers = Array.from({ length: 300 }, () => newId());
  await endSessions(organization, [...strangers, agents[1]!.sessionId]);
  await streams[1]!.closed;
  await note(organization, { kind: 'user', id: agents[2]!.id });
  await streams[2]!.until(agents[2]!.id);
  streams[2]!.destroy();
});

test('what ended while the listener was cut off is found when it listens again', async () => {
  const organization = await harness.createOrganization();
  const agent = await organization.addUser();
  const [ending, staying] = await Promise.all([
    events(otherNode, agent),
    events(otherNode, organization.administrator),
  ]);
  await organization.context((ctx) =>
    ctx.tx
      .updateTable('sessions')
      .set({ ended_at: ctx.now, end_reason: 'deactivated' })
      .where('id', '=', agent.sessionId)
      .execute(),
  );
  await harness.deps.db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query ilike 'listen%' or datname = current_database() and query = 'select'`,
  );
  await ending.closed;
  const id = newId();
  await note(organization, { kind: 'group', id });
  await staying.until(id);
  staying.destroy();
});

test('the audit can be pulled as JSON lines and followed, by those who may read it', async () => {
  const organization = await harness.createOrganization();
  await sealEverything(harness, organization.id);
  const pulled = await organization.administrator.request('GET', '/api/v1/audit/stream?after=1');
  expect(pulled.statusCode).toBe(200);
  const lines = pulled.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({ seq: 2, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const following = await openRawStream(
    harness.app,
    `/api/v1/audit/stream?after=${lines.at(-1).seq}&follow=true`,
    {
      cookie: organization.administrator.cookie,
    },
  );
  const id = newId();
  await note(organization, { kind: 'group', id });
  await following.until(id);
  await endSessions(organization, [organization.administrator.sessionId]);
  await following.closed;
  const agent = await organization.addUser();
  expect((await agent.request('GET', '/api/v1/audit/stream')).statusCode).toBe(403);
  expect((await harness.inject({ url: '/api/v1/audit/stream' })).statusCode).toBe(401);
});

test('refuses a stream without access and one that names no place', async () => {
  const { administrator } = await harness.createOrganization();
  expect((await harness.inject({ url: '/api/v1/events' })).statusCode).toBe(401);
  const response = await administrator.request('GET', '/api/v1/events', undefined, { 'last-event-id': 'x' });
  expect(response.statusCode).toBe(400);
});
