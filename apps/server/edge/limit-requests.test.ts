import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type App, buildApp } from '../app.ts';
import { keyInput } from '../test/furnish-organization.ts';
import { type TestOrganization, type TestUser, useHarness } from '../test/harness.ts';
import { createRequestLimit } from './limit-requests.ts';

const perMinute = 40;
const harness = useHarness({ extend: (deps) => ({ ...deps, limitRequests: createRequestLimit(perMinute) }) });
/** A second node on the same database. */
let node: App;
let organization: TestOrganization;
let user: TestUser;

beforeAll(async () => {
  node = await buildApp({ ...harness.deps, limitRequests: createRequestLimit(perMinute) });
  await node.ready();
  harness.clock.now = new Date('2026-01-05T10:00:15Z');
  organization = await harness.createOrganization();
});
afterAll(() => node.close());
beforeEach(async () => {
  user = await organization.addUser({ role: 'administrator' });
});

const get = (url = '/api/v1/me', app: App = harness.app) =>
  app.inject({ method: 'GET', url, headers: { cookie: user.cookie } });

async function statusesOf(count: number, url?: string, app?: App): Promise<number[]> {
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent += 1) statuses.push((await get(url, app)).statusCode);
  return statuses;
}

test('every answer tells what is left, and the one past the limit when to come again', async () => {
  const first = await get();
  expect(first.headers['ratelimit-policy']).toBe('"credential";q=40;w=60');
  expect(first.headers.ratelimit).toBe('"credential";r=39;t=45');
  expect((await get()).headers.ratelimit).toBe('"credential";r=38;t=45');
  expect(new Set(await statusesOf(perMinute - 2))).toEqual(new Set([200]));
  const refused = await get();
  expect(refused.statusCode).toBe(429);
  expect(refused.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'retry-after': '45',
    ratelimit: '"credential";r=0;t=45',
  });
  expect(refused.json()).toMatchObject({
    code: 'too_many_requests',
    detail: expect.stringContaining('Wait 45 seconds'),
  });
});

test('the next minute begins anew, and another session has an allowance of its own', async () => {
  const statuses = await statusesOf(perMinute + 1);
  expect(statuses.at(-1)).toBe(429);
  const now = harness.clock.now;
  harness.clock.now = new Date(now.getTime() + 60_000);
  expect((await get()).statusCode).toBe(200);
  harness.clock.now = now;
  user = await organization.addUser();
  expect((await get()).statusCode).toBe(200);
});

test('nodes share one allowance', async () => {
  expect(new Set(await statusesOf(30))).toEqual(new Set([200]));
  const there = await statusesOf(12, '/api/v1/me', node);
  expect(there).toEqual([...Array(10).fill(200), 429, 429]);
  expect((await get()).statusCode).toBe(429);
});

test('a request that fails counts like one that does not', async () => {
  const unknown = '/api/v1/groups/00000000-0000-7000-8000-000000000000';
  const statuses = await statusesOf(perMinute + 1, unknown);
  expect(statuses).toEqual([...Array(perMinute).fill(404), 429]);
});

test('a preview counts, although it is rolled back', async () => {
  const preview = `/api/v1/users/${user.id}/off-boarding/preview`;
  expect((await get(preview)).headers.ratelimit).toBe('"credential";r=39;t=45');
  const statuses = await statusesOf(perMinute, preview);
  expect(statuses.slice(-2)).toEqual([200, 429]);
});

test('a request that takes several transactions counts once', async () => {
  const left = (response: { headers: Record<string, unknown> }) =>
    Number(/r=(\d+)/.exec(String(response.headers.ratelimit))?.[1]);
  const before = left(await get());
  const checked = await user.request('POST', '/api/v1/me/email', {
    email: 'new@example.com',
    currentPassword: 'a long test password 42',
  });
  expect(checked.statusCode).toBeLessThan(300);
  expect(left(checked)).toBe(before - 1);
});

test('an API key is counted by itself', async () => {
  const { secret } = (await user.request('POST', '/api/v1/api-keys', keyInput(harness.clock.now))).json();
  const asked = await harness.inject({
    url: '/api/v1/users',
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(asked.statusCode).toBe(200);
  expect(asked.headers.ratelimit).toBe('"credential";r=39;t=45');
});
