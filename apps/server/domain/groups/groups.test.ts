import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type TestOrganization, useHarness } from '../../test/harness.ts';

const harness = useHarness();

const create = async (organization: TestOrganization, body: object = { name: 'Support' }) =>
  organization.administrator.request('POST', '/api/v1/groups', body);

const memberIds = async (organization: TestOrganization, groupId: string) =>
  (await organization.administrator.request('GET', `/api/v1/groups/${groupId}/members`))
    .json()
    .items.map((member: { userId: string }) => member.userId);

test('adds a group with members in their order, and counts who can be called', async () => {
  const organization = await harness.createOrganization();
  const users = [await organization.addUser(), await organization.addUser(), await organization.addUser()];
  await organization.context((ctx) =>
    sql`update users set availability = 'online' where organization_id = ${organization.id} and id = ${users[1]!.id}`.execute(
      ctx.tx,
    ),
  );
  const ids = users.map((user) => user.id).reverse();
  const created = await create(organization, {
    name: ' Support ',
    ringStrategy: 'longest_idle',
    memberIds: ids,
  });
  expect(created.statusCode, created.body).toBe(201);
  const group = created.json();
  expect(created.headers.location).toBe(`/api/v1/groups/${group.id}`);
  expect(group).toMatchObject({
    name: 'Support',
    ringStrategy: 'longest_idle',
    memberCount: 3,
    availableCount: 3,
    onlineCount: 1,
    warnings: [],
  });
  expect(await memberIds(organization, group.id)).toEqual(ids);
  await organization.administrator.request('POST', `/api/v1/users/${users[0]!.id}/deactivate`, {});
  const { items } = (await organization.administrator.request('GET', '/api/v1/groups')).json();
  expect(items).toMatchObject([{ memberCount: 3, availableCount: 2 }]);
});

test('refuses a taken name in any letter case, also of two at once, and an empty one', async () => {
  const organization = await harness.createOrganization();
  const both = await Promise.all([
    create(organization, { name: 'Süd' }),
    create(organization, { name: 'SÜD' }),
  ]);
  expect(both.map((response) => response.statusCode).sort()).toEqual([201, 409]);
  expect(both.find((response) => response.statusCode === 409)!.json()).toMatchObject({
    code: 'duplicate_group_name',
    errors: [{ field: 'name' }],
  });
  expect((await create(organization, { name: ' ' })).json()).toMatchObject({
    code: 'invalid_input',
    errors: [{ field: 'name' }],
  });
  expect((await create(organization, { name: 'X', ringStrategy: 'loud' })).json().errors[0].field).toBe(
    'ringStrategy',
  );
  expect((await create(organization, { name: 'Y', memberIds: [newId()] })).json().errors[0].field).toBe(
    'memberIds.0',
  );
  const { items } = (await organization.administrator.request('GET', '/api/v1/groups')).json();
  expect(items).toHaveLength(1);
});

test('changes from the version that was read; a stale one is shown what is there now', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const { id } = (await create(organization)).json();
  await create(organization, { name: 'Sales' });
  const url = `/api/v1/groups/${id}`;
  const etag = (await administrator.request('GET', url)).headers.etag as string;
  expect((await administrator.request('PATCH', url, { name: 'Care' })).statusCode).toBe(428);
  const both = await Promise.all(
    ['Care', 'Help'].map((name) => administrator.request('PATCH', url, { name }, { 'if-match': etag })),
  );
  expect(both.map((response) => response.statusCode).sort()).toEqual([200, 412]);
  const winner = both.find((response) => response.statusCode === 200)!;
  expect(both.find((response) => response.statusCode === 412)!.json().context.current.name).toBe(
    winner.json().name,
  );
  const taken = await administrator.request(
    'PATCH',
    url,
    { name: 'sales' },
    { 'if-match': winner.headers.etag as string },
  );
  expect(taken.json().code).toBe('duplicate_group_name');
});

test('adds and removes members in one change, tells each outcome, and names what is left empty', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const [one, two] = [await organization.addUser(), await organization.addUser()];
  const { id } = (await create(organization, { name: 'Support', memberIds: [one.id] })).json();
  const url = `/api/v1/groups/${id}/members`;
  const preview = await administrator.request('POST', url, { remove: [one.id], preview: true });
  expect(preview.json()).toMatchObject({
    outcomes: [{ userId: one.id, change: 'remove', changed: true, error: null }],
    group: { memberCount: 0 },
    warnings: [{ code: 'group_without_available_member' }],
  });
  expect(await memberIds(organization, id)).toEqual([one.id]);
  const stranger = newId();
  const done = (
    await administrator.request('POST', url, { add: [two.id, one.id, stranger], remove: [two.id] })
  ).json();
  expect(done.outcomes).toMatchObject([
    { userId: two.id, change: 'remove', changed: false },
    { userId: two.id, change: 'add', changed: true },
    { userId: one.id, change: 'add', changed: false },
    { userId: stranger, error: { code: 'not_found' } },
  ]);
  expect(await memberIds(organization, id)).toEqual([one.id, two.id]);
  const { rows } = await organization.context((ctx) =>
    sql<{
      action: string;
      target_id: string;
    }>`select action, target_id from audit_events where organization_id = ${organization.id} and action like 'group.member%' order by id`.execute(
      ctx.tx,
    ),
  );
  expect(rows).toEqual([
    { action: 'group.member_added', target_id: one.id },
    { action: 'group.member_added', target_id: two.id },
  ]);
});

test('orders the named members first, and the others stay behind them', async () => {
  const organization = await harness.createOrganization();
  const users = [];
  for (let i = 0; i < 4; i++) users.push((await organization.addUser()).id);
  const { id } = (await create(organization, { name: 'Support', memberIds: users })).json();
  const order = (userIds: string[]) =>
    organization.administrator.request('PUT', `/api/v1/groups/${id}/members/order`, { userIds });
  expect((await order([users[3]!, users[1]!])).statusCode).toBe(200);
  expect(await memberIds(organization, id)).toEqual([users[3], users[1], users[0], users[2]]);
  expect((await order([users[0]!, newId()])).json()).toMatchObject({
    code: 'invalid_input',
    errors: [{ field: 'userIds.1' }],
  });
  const paged = (
    await organization.administrator.request('GET', `/api/v1/groups/${id}/members?limit=3`)
  ).json();
  const rest = (
    await organization.administrator.request(
      'GET',
      `/api/v1/groups/${id}/members?limit=3&cursor=${paged.nextCursor}`,
    )
  ).json();
  expect(rest.items.map((member: { userId: string }) => member.userId)).toEqual([users[2]]);
});

test('does not remove a group where calls ring', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const { id } = (await create(organization)).json();
  const number = (
    await administrator.request('POST', '/api/v1/numbers', { e164: '+49 30 901820', groupId: id })
  ).json();
  const refused = await administrator.request('DELETE', `/api/v1/groups/${id}`);
  expect(refused.json()).toMatchObject({ code: 'group_in_use' });
  expect(refused.json().detail).toContain('+4930901820');
  await administrator.request(
    'PATCH',
    `/api/v1/numbers/${number.id}`,
    { groupId: null },
    { 'if-match': '*' },
  );
  expect((await administrator.request('DELETE', `/api/v1/groups/${id}`)).statusCode).toBe(204);
  expect((await administrator.request('GET', `/api/v1/groups/${id}`)).statusCode).toBe(404);
});

test('pages by name and finds a part of it', async () => {
  const organization = await harness.createOrganization();
  for (const name of ['b', 'A', 'C', 'Ä']) await create(organization, { name: `${name} team` });
  const list = async (query: string) =>
    (await organization.administrator.request('GET', `/api/v1/groups?${query}`)).json();
  const names: string[] = [];
  for (let cursor = ''; ; ) {
    const page = await list(`limit=2${cursor}`);
    names.push(...page.items.map((group: { name: string }) => group.name));
    if (!page.nextCursor) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  // “Ä team” folds to “a team”, which is taken.
  expect(names).toEqual(['A team', 'b team', 'C team']);
  expect((await list('search=B%20T')).items).toHaveLength(1);
});

test('answers 401 signed out, 403 to an agent, 404 to another organization', async () => {
  const organization = await harness.createOrganization();
  const other = await harness.createOrganization('Other');
  const { id } = (await create(organization)).json();
  const agent = await organization.addUser();
  const routes = [
    ['GET', '/api/v1/groups', undefined],
    ['POST', '/api/v1/groups', { name: 'X' }],
    ['GET', `/api/v1/groups/${id}`, undefined],
    ['PATCH', `/api/v1/groups/${id}`, { name: 'X' }],
    ['DELETE', `/api/v1/groups/${id}`, undefined],
    ['GET', `/api/v1/groups/${id}/members`, undefined],
    ['POST', `/api/v1/groups/${id}/members`, { add: [agent.id] }],
    ['PUT', `/api/v1/groups/${id}/members/order`, { userIds: [agent.id] }],
  ] as const;
  for (const [method, url, payload] of routes) {
    const signedOut = await harness.inject({ method, url, ...(payload ? { payload } : {}) });
    expect(signedOut.statusCode, `${method} ${url}`).toBe(401);
    const headers = { 'if-match': '*' };
    expect((await agent.request(method, url, payload, headers)).statusCode, `${method} ${url}`).toBe(403);
    if (!url.includes(id)) continue;
    expect(
      (await other.administrator.request(method, url, payload, headers)).statusCode,
      `${method} ${url}`,
    ).toBe(404);
  }
});
