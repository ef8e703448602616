import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type TestOrganization, useHarness } from '../../test/harness.ts';
import { requireUsableNumber } from './require-usable-number.ts';

const harness = useHarness();
const anyVersion = { 'if-match': '*' };

const create = (organization: TestOrganization, body: object) =>
  organization.administrator.request('POST', '/api/v1/numbers', body);
const patch = (organization: TestOrganization, id: string, body: object) =>
  organization.administrator.request('PATCH', `/api/v1/numbers/${id}`, body, anyVersion);

test('adds a number as people write it, once', async () => {
  const organization = await harness.createOrganization();
  const created = await create(organization, { e164: '0049 30 901820', label: 'Berlin' });
  expect(created.statusCode, created.body).toBe(201);
  expect(created.json()).toMatchObject({
    e164: '+4930901820',
    label: 'Berlin',
    user: null,
    group: null,
    defaultOf: 0,
  });
  const both = await Promise.all([
    create(organization, { e164: '+4930901821' }),
    create(organization, { e164: '+49 30 901821' }),
  ]);
  expect(both.map((response) => response.statusCode).sort()).toEqual([201, 409]);
  expect((await create(organization, { e164: '+4930901820' })).json()).toMatchObject({
    code: 'duplicate_number',
    errors: [{ field: 'e164' }],
  });
  for (const e164 of ['030 901820', '+49', 'hello', '+4930901820;ext=12']) {
    expect((await create(organization, { e164 })).json()).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'e164' }],
    });
  }
});

test('assigns to a user or a group, never to both, and frees again', async () => {
  const organization = await harness.createOrganization();
  const other = await harness.createOrganization('Other');
  const user = await organization.addUser({ firstName: 'Una', lastName: 'User' });
  const group = (
    await organization.administrator.request('POST', '/api/v1/groups', { name: 'Support' })
  ).json();
  const { id } = (await create(organization, { e164: '+4930901820', userId: user.id })).json();
  expect((await patch(organization, id, { groupId: group.id })).json()).toMatchObject({
    user: null,
    group: { name: 'Support' },
  });
  expect((await patch(organization, id, { userId: user.id })).json()).toMatchObject({
    user: { name: 'Una User' },
    group: null,
  });
  expect((await patch(organization, id, { userId: user.id, groupId: group.id })).json().errors[0].field).toBe(
    'groupId',
  );
  expect((await patch(organization, id, { userId: other.administrator.id })).json().errors[0].field).toBe(
    'userId',
  );
  expect((await patch(organization, id, { label: 'Main' })).json()).toMatchObject({
    label: 'Main',
    user: { id: user.id },
  });
  expect((await patch(organization, id, { userId: null, groupId: null })).json()).toMatchObject({
    user: null,
    group: null,
  });
  await organization.administrator.request('POST', `/api/v1/users/${user.id}/deactivate`, {});
  expect((await patch(organization, id, { userId: user.id })).json().errors[0].message).toContain(
    'deactivated',
  );
  const { rows } = await organization.context((ctx) =>
    sql<{
      action: string;
    }>`select action from audit_events where organization_id = ${organization.id} and target_id = ${id} order by id`.execute(
      ctx.tx,
    ),
  );
  expect(rows.map((row) => row.action)).toEqual([
    'number.created',
    'number.assigned',
    'number.assigned',
    'number.updated',
    'number.freed',
  ]);
});

test('a default outbound number is one’s own or a group’s, and goes when the right to it goes', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const user = await organization.addUser({ firstName: 'Una', lastName: 'User' });
  const group = (
    await administrator.request('POST', '/api/v1/groups', { name: 'Support', memberIds: [user.id] })
  ).json();
  const { id } = (await create(organization, { e164: '+4930901820' })).json();
  const isUsable = () =>
    organization.context((ctx) => requireUsableNumber(ctx, user.id, id).then(() => true));
  const makeDefault = () =>
    organization.context((ctx) =>
      sql`update users set default_number_id = ${id} where organization_id = ${organization.id} and id = ${user.id}`.execute(
        ctx.tx,
      ),
    );
  await expect(isUsable()).rejects.toMatchObject({
    code: 'invalid_input',
    fields: [{ field: 'defaultNumberId' }],
  });
  await patch(organization, id, { groupId: group.id });
  expect(await isUsable()).toBe(true);
  const usable = (await administrator.request('GET', `/api/v1/numbers?usableBy=${user.id}`)).json();
  expect(usable.items.map((number: { id: string }) => number.id)).toEqual([id]);
  await makeDefault();
  const removed = await administrator.request('POST', `/api/v1/groups/${group.id}/members`, {
    remove: [user.id],
  });
  expect(removed.statusCode, removed.body).toBe(200);
  const defaultOf = async () =>
    (await administrator.request('GET', `/api/v1/numbers/${id}`)).json().defaultOf;
  expect(await defaultOf()).toBe(0);
  await patch(organization, id, { userId: user.id });
  await makeDefault();
  const freed = (await patch(organization, id, { userId: null })).json();
  expect(freed).toMatchObject({ defaultOf: 0, warnings: [{ code: 'default_number_cleared' }] });
});

test('removes a number only when nobody uses it', async () => {
  const organization = await harness.createOrganization();
  const user = await organization.addUser();
  const { id } = (await create(organization, { e164: '+4930901820', userId: user.id })).json();
  const remove = () => organization.administrator.request('DELETE', `/api/v1/numbers/${id}`);
  expect((await remove()).json().code).toBe('number_in_use');
  await patch(organization, id, { userId: null });
  expect((await remove()).statusCode).toBe(204);
  expect((await remove()).statusCode).toBe(404);
});

test('finds by digits as typed, by label, by holder, and page by page', async () => {
  const organization = await harness.createOrganization();
  const user = await organization.addUser();
  await create(organization, { e164: '+4930901820', label: 'Zentrale', userId: user.id });
  await create(organization, { e164: '+4930901821' });
  await create(organization, { e164: '+12015550123', label: 'New Jersey' });
  const list = async (query: string) => {
    const page = (await organization.administrator.request('GET', `/api/v1/numbers?${query}`)).json();
    return page.items.map((number: { e164: string }) => number.e164);
  };
  expect(await list('search=030%20901')).toEqual(['+4930901820', '+4930901821']);
  expect(await list('search=ZENT')).toEqual(['+4930901820']);
  expect(await list('state=free')).toEqual(['+12015550123', '+4930901821']);
  expect(await list(`userId=${user.id}`)).toEqual(['+4930901820']);
  const first = (await organization.administrator.request('GET', '/api/v1/numbers?limit=2')).json();
  expect(await list(`limit=2&cursor=${first.nextCursor}`)).toEqual(['+4930901821']);
});

test('two who assign one number from the same version: one does, one is shown', async () => {
  const organization = await harness.createOrganization();
  const [one, two] = [await organization.addUser(), await organization.addUser()];
  const { id, version } = (await create(organization, { e164: '+4930901820' })).json();
  const both = await Promise.all(
    [one, two].map((user) =>
      organization.administrator.request(
        'PATCH',
        `/api/v1/numbers/${id}`,
        { userId: user.id },
        { 'if-match': `"v${version}"` },
      ),
    ),
  );
  expect(both.map((response) => response.statusCode).sort()).toEqual([200, 412]);
  expect(
    (await organization.administrator.request('PATCH', `/api/v1/numbers/${id}`, { label: 'x' })).statusCode,
  ).toBe(428);
});

test('answers 401 signed out, 403 to an agent, 404 to another organization', async () => {
  const organization = await harness.createOrganization();
  const other = await harness.createOrganization('Other');
  const agent = await organization.addUser();
  const { id } = (await create(organization, { e164: '+4930901820' })).json();
  const routes = [
    ['GET', '/api/v1/numbers', undefined],
    ['POST', '/api/v1/numbers', { e164: '+4930901822' }],
    ['GET', `/api/v1/numbers/${id}`, undefined],
    ['PATCH', `/api/v1/numbers/${id}`, { label: 'x' }],
    ['DELETE', `/api/v1/numbers/${id}`, undefined],
  ] as const;
  for (const [method, url, payload] of routes) {
    expect((await harness.inject({ method, url, ...(payload ? { payload } : {}) })).statusCode).toBe(401);
    expect((await agent.request(method, url, payload, anyVersion)).statusCode).toBe(403);
    if (url.includes(id))
      expect((await other.administrator.request(method, url, payload, anyVersion)).statusCode).toBe(404);
  }
});
