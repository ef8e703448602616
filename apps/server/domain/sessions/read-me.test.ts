import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';

const harness = useHarness();

test('tells a live session who it is, and what it may do', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const response = await administrator.request('GET', '/api/v1/me');
  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({
    email: administrator.signInName,
    organization: { name: 'Nordwind Calls' },
  });
  expect(response.json().abilities).toContain('users:create');
  const agent = await addUser();
  expect((await agent.request('GET', '/api/v1/me')).json().abilities.sort()).toEqual([
    'calls:read-own',
    'softphone:use',
    'statistics:read-own',
  ]);
});

test('answers 401 without a session, with an invented one, and with an expired one', async () => {
  const { administrator } = await harness.createOrganization();
  const without = await harness.inject({ url: '/api/v1/me' });
  expect(without.statusCode).toBe(401);
  expect(without.headers['content-type']).toContain('application/problem+json');
  const forged = `${administrator.cookie.slice(0, -4)}AAAA`;
  expect((await harness.inject({ url: '/api/v1/me', headers: { cookie: forged } })).statusCode).toBe(401);
  const before = harness.clock.now;
  harness.clock.now = new Date(before.getTime() + 8 * 86_400_000);
  expect((await administrator.request('GET', '/api/v1/me')).statusCode).toBe(401);
  harness.clock.now = before;
});

test('a session of one organization opens nothing in another', async () => {
  const one = await harness.createOrganization('One');
  const two = await harness.createOrganization('Two');
  const secret = one.administrator.cookie.split('=')[1]!;
  const tenantOfTwo = two.administrator.cookie.split('=')[1]!.slice(4, 26);
  const crossed = `rollcall_session=rcs_${tenantOfTwo}${secret.slice(26)}`;
  expect((await harness.inject({ url: '/api/v1/me', headers: { cookie: crossed } })).statusCode).toBe(401);
});
