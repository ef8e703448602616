import { expect, test } from 'vitest';
import { type TestUser, useHarness } from '../../test/harness.ts';
import { createApiKey } from './create-api-key.ts';

const harness = useHarness();
const day = 86_400_000;
const inDays = (days: number) => new Date(harness.clock.now.getTime() + days * day).toISOString();

const make = (user: TestUser, input: object = {}) =>
  user.request('POST', '/api/v1/api-keys', {
    name: 'Deploy',
    permissions: ['organization:read'],
    expiresAt: inDays(30),
    ...input,
  });

const withKey = (
  secret: string,
  method: 'GET' | 'POST' | 'DELETE' | 'PATCH',
  url: string,
  payload?: object,
) =>
  harness.inject({
    method,
    url,
    headers: { authorization: `Bearer ${secret}` },
    ...(payload ? { payload } : {}),
  });

test('makes a key whose secret is shown once, works within its permissions, and dies when revoked', async () => {
  const { administrator, context } = await harness.createOrganization();
  const made = await make(administrator);
  expect(made.statusCode).toBe(201);
  const { id, secret, hint } = made.json();
  expect(made.headers.location).toBe(`/api/v1/api-keys/${id}`);
  expect(secret.endsWith(hint)).toBe(true);
  expect((await withKey(secret, 'GET', '/api/v1/organization')).statusCode).toBe(200);
  expect((await withKey(secret, 'GET', '/api/v1/roles')).statusCode).toBe(403);

  const listed = await administrator.request('GET', '/api/v1/api-keys');
  expect(listed.body).not.toContain(secret);
  expect(listed.json().items).toMatchObject([
    { id, name: 'Deploy', expired: false, user: { name: 'Ada Admin' } },
  ]);
  expect(listed.json().items[0].lastUsedAt).not.toBeNull();
  const stored = await context(({ tx }) => tx.selectFrom('audit_details').select('payload').execute());
  expect(JSON.stringify(stored)).not.toContain(secret);

  expect((await administrator.request('DELETE', `/api/v1/api-keys/${id}`)).statusCode).toBe(204);
  expect((await withKey(secret, 'GET', '/api/v1/organization')).statusCode).toBe(401);
  expect((await administrator.request('DELETE', `/api/v1/api-keys/${id}`)).statusCode).toBe(404);
});

test('expires on its day', async () => {
  const { administrator } = await harness.createOrganization();
  const { secret } = (await make(administrator, { expiresAt: inDays(1) })).json();
  const start = harness.clock.now;
  harness.clock.now = new Date(start.getTime() + day + 1000);
  expect((await withKey(secret, 'GET', '/api/v1/organization')).statusCode).toBe(401);
  harness.clock.now = start;
});

test('a replayed creation shows no secret again', async () => {
  const { administrator } = await harness.createOrganization();
  const body = { name: 'Once', permissions: ['organization:read'], expiresAt: inDays(3) };
  const headers = { 'idempotency-key': 'one' };
  const first = await administrator.request('POST', '/api/v1/api-keys', body, headers);
  const again = await administrator.request('POST', '/api/v1/api-keys', body, headers);
  expect(again.json()).toEqual({ ...first.json(), secret: null });
  expect((await administrator.request('GET', '/api/v1/api-keys')).json().items).toHaveLength(1);
});

test('refuses what is beyond the creator, beyond a year, or not there', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  for (const [input, field] of [
    [{ permissions: ['everything'] }, 'permissions.0'],
    [{ permissions: [] }, 'permissions'],
    [{ expiresAt: inDays(-1) }, 'expiresAt'],
    [{ expiresAt: inDays(367) }, 'expiresAt'],
    [{ expiresAt: 'soon' }, 'expiresAt'],
    [{ name: ' ' }, 'name'],
    [{ userId: administrator.id }, 'userId'],
  ] as const) {
    const answer = await make(administrator, input);
    expect(answer.statusCode, JSON.stringify(input)).toBe(422);
    expect(answer.json().errors[0].field).toBe(field);
  }
  const agent = await addUser();
  expect((await make(agent)).statusCode).toBe(403);
});

test('a key loses what its user loses', async () => {
  const { administrator, addUser, context, roles } = await harness.createOrganization();
  const second = await addUser({ role: 'administrator' });
  const { secret } = (await make(second)).json();
  await context(({ tx }) =>
    tx
      .updateTable('role_assignments')
      .set({ role_id: roles.agent })
      .where('user_id', '=', second.id)
      .execute(),
  );
  expect((await withKey(secret, 'GET', '/api/v1/organization')).statusCode).toBe(403);
  expect((await administrator.request('GET', '/api/v1/organization')).statusCode).toBe(200);
});

test('a key cannot make keys, nor touch how anybody signs in', async () => {
  const { administrator } = await harness.createOrganization();
  const { secret, id } = (
    await make(administrator, { permissions: ['api-keys:create', 'users:update'] })
  ).json();
  const key = { name: 'More', permissions: ['api-keys:create'], expiresAt: inDays(1) };
  for (const [method, url, body] of [
    ['POST', '/api/v1/api-keys', key],
    ['DELETE', `/api/v1/api-keys/${id}`, undefined],
    ['POST', '/api/v1/me/password', { currentPassword: 'a', newPassword: 'b' }],
    ['POST', '/api/v1/me/email', { currentPassword: 'a', email: 'x@example.com' }],
    ['PATCH', '/api/v1/me', { firstName: 'Eve' }],
    ['GET', '/api/v1/sessions', undefined],
    ['DELETE', '/api/v1/sessions', undefined],
  ] as const) {
    expect((await withKey(secret, method, url, body)).statusCode, `${method} ${url}`).toBe(403);
  }
});

test('administrators see and revoke the keys of others; agents and other organizations do not', async () => {
  const one = await harness.createOrganization('One');
  const two = await harness.createOrganization('Two');
  const second = await one.addUser({ role: 'administrator' });
  const agent = await one.addUser();
  const { id, secret } = (await make(second)).json();
  const url = `/api/v1/users/${second.id}/api-keys`;
  expect((await one.administrator.request('GET', url)).json().items).toMatchObject([{ id }]);
  expect((await one.administrator.request('GET', '/api/v1/api-keys')).json().items).toEqual([]);
  expect((await one.administrator.request('GET', '/api/v1/api-keys?owner=all')).json().items).toHaveLength(1);
  expect((await one.administrator.request('DELETE', `/api/v1/api-keys/${id}`)).statusCode).toBe(404);
  for (const [method, path] of [
    ['GET', url],
    ['DELETE', `${url}/${id}`],
  ] as const) {
    expect((await agent.request(method, path)).statusCode).toBe(403);
    expect((await two.administrator.request(method, path)).statusCode).toBe(404);
    expect((await harness.inject({ method, url: path })).statusCode).toBe(401);
  }
  expect((await agent.request('GET', '/api/v1/api-keys?owner=all')).statusCode).toBe(403);
  expect((await two.administrator.request('GET', '/api/v1/api-keys?owner=all')).json().items).toEqual([]);
  expect((await one.administrator.request('DELETE', `${url}/${id}`)).statusCode).toBe(204);
  expect((await withKey(secret, 'GET', '/api/v1/organization')).statusCode).toBe(401);
});

test('pages through many keys, and the operator makes one for a user', async () => {
  const { administrator, addUser, context } = await harness.createOrganization();
  for (const name of ['a', 'b', 'c']) await make(administrator, { name });
  const first = (await administrator.request('GET', '/api/v1/api-keys?limit=2')).json();
  expect(first.items.map((item: { name: string }) => item.name)).toEqual(['c', 'b']);
  const rest = await administrator.request('GET', `/api/v1/api-keys?limit=2&cursor=${first.nextCursor}`);
  expect(rest.json()).toMatchObject({ items: [{ name: 'a' }], nextCursor: null });
  expect((await administrator.request('GET', '/api/v1/api-keys?cursor=x')).json().code).toBe(
    'invalid_cursor',
  );

  const agent = await addUser();
  const input = { name: 'CLI', permissions: ['calls:read-own' as const], expiresAt: inDays(1) };
  const key = await context((ctx) => createApiKey(ctx, { ...input, userId: agent.id }));
  expect((await withKey(key.secret, 'GET', '/api/v1/me')).json().abilities).toEqual(['calls:read-own']);
  const beyond = { ...input, permissions: ['users:read' as const], userId: agent.id };
  await expect(context((ctx) => createApiKey(ctx, beyond))).rejects.toMatchObject({ code: 'forbidden' });
});
