import { expect, it } from 'vitest';
import { useHarness } from '../../test/harness.ts';

const harness = useHarness();

it('lists every department once, without regard to case, and only one’s own organization’s', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const other = await harness.createOrganization('Other');
  const add = (owner: typeof administrator, email: string, department: string | null) =>
    owner.request('POST', '/api/v1/users', {
      firstName: 'A',
      lastName: 'B',
      email,
      role: 'agent',
      department,
    });
  await add(administrator, 'a@example.com', 'Sales');
  await add(administrator, 'b@example.com', 'SALES');
  await add(administrator, 'c@example.com', 'Billing');
  await add(administrator, 'd@example.com', null);
  await add(other.administrator, 'e@example.com', 'Secret');
  const { items } = (await administrator.request('GET', '/api/v1/users/departments')).json();
  expect(items.map((name: string) => name.toLowerCase())).toEqual(['billing', 'sales']);
  expect((await harness.inject({ url: '/api/v1/users/departments' })).statusCode).toBe(401);
  expect((await (await addUser()).request('GET', '/api/v1/users/departments')).statusCode).toBe(403);
});
