import { builtInRoles } from '@rollcall/contract/permissions';
import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';

const harness = useHarness();

test('shows administrators what each role allows and how many have it, and agents nothing', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const agent = await addUser();
  await addUser();
  const { items } = (await administrator.request('GET', '/api/v1/roles')).json();
  expect(items).toMatchObject([
    { key: 'administrator', holders: 1, permissions: [...builtInRoles.administrator.permissions].sort() },
    { key: 'agent', holders: 2, permissions: [...builtInRoles.agent.permissions].sort() },
  ]);
  expect((await agent.request('GET', '/api/v1/roles')).json()).toMatchObject({ code: 'forbidden' });
  expect((await harness.inject({ url: '/api/v1/roles' })).statusCode).toBe(401);
});
