import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { password, publicUrl, useHarness } from '../../test/harness.ts';
import { announceEndedAccess } from './announce-ended-access.ts';
import { endAccess } from './end-access.ts';

const harness = useHarness();

async function signInAgain(signInName: string): Promise<string> {
  const response = await harness.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { signInName, password },
    headers: { origin: publicUrl, 'user-agent': 'Second browser' },
  });
  return `rollcall_session=${response.cookies.find(({ value }) => value !== '')!.value}`;
}

const statusOf = async (cookie: string) =>
  (await harness.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode;

test('lists one’s own sessions and ends one, or all the others', async () => {
  const { addUser } = await harness.createOrganization();
  const agent = await addUser();
  const second = await signInAgain(agent.signInName);
  const { items } = (await agent.request('GET', '/api/v1/sessions')).json();
  expect(items).toHaveLength(2);
  expect(items.find((item: { current: boolean }) => item.current).id).toBe(agent.sessionId);
  const other = items.find((item: { current: boolean }) => !item.current);
  expect(other).toMatchObject({ userAgent: 'Second browser', ip: '127.0.0.1' });

  expect((await agent.request('DELETE', `/api/v1/sessions/${other.id}`)).statusCode).toBe(204);
  expect(await statusOf(second)).toBe(401);
  expect((await agent.request('DELETE', `/api/v1/sessions/${other.id}`)).statusCode).toBe(404);

  const third = await signInAgain(agent.signInName);
  expect((await agent.request('DELETE', '/api/v1/sessions')).json()).toEqual({ ended: 1 });
  expect(await statusOf(third)).toBe(401);
  expect(await statusOf(agent.cookie)).toBe(200);
});

test('nobody ends the session of another person by its id', async () => {
  const { addUser } = await harness.createOrganization();
  const [mine, yours] = [await addUser(), await addUser()];
  expect((await mine.request('DELETE', `/api/v1/sessions/${yours.sessionId}`)).statusCode).toBe(404);
  expect(await statusOf(yours.cookie)).toBe(200);
});

test('administrators list and end the sessions of a user; agents and other organizations do not', async () => {
  const one = await harness.createOrganization('One');
  const two = await harness.createOrganization('Two');
  const agent = await one.addUser();
  const second = await signInAgain(agent.signInName);
  const url = `/api/v1/users/${agent.id}/sessions`;
  const { items } = (await one.administrator.request('GET', url)).json();
  expect(items).toHaveLength(2);

  for (const [method, path] of [
    ['GET', url],
    ['DELETE', url],
    ['DELETE', `${url}/${agent.sessionId}`],
  ] as const) {
    expect((await agent.request(method, path)).statusCode).toBe(403);
    expect((await two.administrator.request(method, path)).statusCode).toBe(404);
    expect((await harness.inject({ method, url: path })).statusCode).toBe(401);
  }
  expect((await one.administrator.request('DELETE', `${url}/${agent.sessionId}`)).statusCode).toBe(204);
  expect(await statusOf(agent.cookie)).toBe(401);
  expect(await statusOf(second)).toBe(200);
  expect((await one.administrator.request('DELETE', url)).json()).toEqual({ ended: 1 });
  expect(await statusOf(second)).toBe(401);
});

test('changes one’s own profile and nothing beyond it', async () => {
  const { addUser, context } = await harness.createOrganization();
  const agent = await addUser();
  const change = { firstName: 'Grace', locale: 'de_AT', timeZone: 'europe/vienna' };
  const changed = await agent.request('PATCH', '/api/v1/me', change);
  expect(changed.json().user).toMatchObject({
    firstName: 'Grace',
    locale: 'de-AT',
    timeZone: 'Europe/Vienna',
  });
  for (const beyond of [{ email: 'x@example.com' }, { status: 'active' }, { role: 'administrator' }]) {
    expect((await agent.request('PATCH', '/api/v1/me', beyond)).statusCode).toBe(422);
  }
  const updates = await context(({ tx }) =>
    tx.selectFrom('audit_events').select('actor_id').where('action', '=', 'user.updated').execute(),
  );
  expect(updates).toEqual([{ actor_id: agent.id }]);
});

test('ends all access of a set of users in their own organization, and announces it', async () => {
  const one = await harness.createOrganization('One');
  const two = await harness.createOrganization('Two');
  const [a, b] = [await one.addUser(), await one.addUser()];
  const stranger = await two.addUser();
  const key = await one.administrator.request('POST', '/api/v1/api-keys', {
    name: 'k',
    permissions: ['users:read'],
    expiresAt: new Date(harness.clock.now.getTime() + 86_400_000).toISOString(),
  });
  const listener = await harness.deps.db.connect();
  const heard: string[] = [];
  listener.on('notification', ({ payload }) => heard.push(payload!));
  await listener.query('listen rollcall_access_ended');
  const userIds = [a.id, b.id, one.administrator.id, stranger.id];
  const ended = await one.context((ctx) => endAccess(ctx, userIds, 'deactivated'));
  expect(ended.get(a.id)).toEqual({ sessions: [a.sessionId], keys: [] });
  expect(ended.get(one.administrator.id)!.keys).toEqual([key.json().id]);
  expect(ended.get(stranger.id)).toEqual({ sessions: [], keys: [] });
  for (const user of [a, b, one.administrator]) expect(await statusOf(user.cookie)).toBe(401);
  expect(await statusOf(stranger.cookie)).toBe(200);
  await listener.query('select 1');
  await listener.end();
  expect(heard.map((payload) => JSON.parse(payload))).toEqual([
    { organizationId: one.id, userIds: [a.id, b.id, one.administrator.id] },
  ]);
});

test('an announcement of more people than NOTIFY holds names their organization', async () => {
  const { id, context } = await harness.createOrganization();
  const listener = await harness.deps.db.connect();
  const heard: string[] = [];
  listener.on('notification', ({ payload }) => heard.push(payload!));
  await listener.query('listen rollcall_access_ended');
  await context((ctx) => announceEndedAccess(ctx, { userIds: Array.from({ length: 1000 }, () => newId()) }));
  await context((ctx) => announceEndedAccess(ctx, { userIds: [] }));
  await listener.query('select 1');
  await listener.end();
  expect(heard.map((payload) => JSON.parse(payload))).toEqual([{ organizationId: id }]);
});
