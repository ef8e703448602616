import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';

const harness = useHarness();

test('lists the leavers of a period, page by page, by name and by open tasks, and as CSV', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const start = harness.clock.now;
  for (const [index, firstName] of ['Ann', 'Ben', '=Cem'].entries()) {
    const user = await organization.addUser({ firstName, lastName: 'Leaver' });
    harness.clock.now = new Date(start.getTime() + index * 3_600_000);
    await administrator.request('POST', `/api/v1/users/${user.id}/deactivate`, { reason: `T-${index}` });
  }
  harness.clock.now = new Date(start.getTime() + 3 * 3_600_000);
  const list = async (query: string) =>
    (await administrator.request('GET', `/api/v1/off-boardings?${query}`)).json();
  const first = await list('limit=2');
  expect(first.items.map((row: { name: string }) => row.name)).toEqual(['=Cem Leaver', 'Ben Leaver']);
  const second = await list(`limit=2&cursor=${first.nextCursor}`);
  expect(second.items.map((row: { name: string }) => row.name)).toEqual(['Ann Leaver']);
  expect(second.nextCursor).toBeNull();
  expect((await list('search=BEN')).items).toHaveLength(1);
  const day = (offset: number) => new Date(start.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  expect((await list(`from=${day(0)}&to=${day(1)}`)).items).toHaveLength(3);
  expect((await list(`from=${day(2)}`)).items).toHaveLength(0);
  expect((await list(`to=${day(-1)}`)).items).toHaveLength(0);
  expect((await list('cursor=bm9uc2Vuc2U')).code).toBe('invalid_cursor');

  const ben = first.items[1];
  const record = (await administrator.request('GET', `/api/v1/off-boardings/${ben.id}`)).json();
  for (const task of record.tasks) {
    const url = `/api/v1/off-boardings/${ben.id}/tasks/${task.key}`;
    const ticked = await administrator.request('PATCH', url, { done: true, note: 'Did it' });
    expect(ticked.statusCode, ticked.body).toBe(200);
    expect(ticked.json().tasks.find((one: { key: string }) => one.key === task.key)).toMatchObject({
      doneAt: harness.clock.now.toISOString(),
      doneBy: 'Ada Admin',
      note: 'Did it',
    });
  }
  expect((await list('tasks=done')).items.map((row: { id: string }) => row.id)).toEqual([ben.id]);
  expect((await list('tasks=open')).items).toHaveLength(2);
  await administrator.request('PATCH', `/api/v1/off-boardings/${ben.id}/tasks/crm_mapping`, { done: false });
  expect((await list('tasks=done')).items).toHaveLength(0);
  const missing = await administrator.request('PATCH', `/api/v1/off-boardings/${ben.id}/tasks/nothing`, {
    done: true,
  });
  expect(missing.statusCode).toBe(404);

  const csv = await administrator.request('GET', '/api/v1/off-boardings/export?search=leaver');
  expect(csv.headers['content-type']).toContain('text/csv');
  const lines = csv.body.trim().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^'=Cem Leaver,/);
  const agent = await organization.addUser();
  expect((await agent.request('GET', '/api/v1/off-boardings/export')).statusCode).toBe(403);
  harness.clock.now = start;
});

test('shows an agent’s records on the agent, newest first', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const user = await organization.addUser();
  for (const reason of ['First', 'Second']) {
    await administrator.request('POST', `/api/v1/users/${user.id}/deactivate`, { reason });
    await administrator.request('POST', `/api/v1/users/${user.id}/reactivate`, {
      role: 'agent',
      groupIds: [],
    });
  }
  const { items } = (await administrator.request('GET', `/api/v1/users/${user.id}/off-boardings`)).json();
  expect(items.map((record: { reason: string }) => record.reason)).toEqual(['Second', 'First']);
  expect(items[1].reactivation).not.toBeNull();
});
