import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type TestOrganization, useHarness } from '../../test/harness.ts';
import { createUsers } from './create-users.ts';

const harness = useHarness();
let organization: TestOrganization;
let groupId: string;
const people = [
  { firstName: 'Zoë', lastName: 'Åström', department: 'Care', email: 'zoe@example.com', extension: '4711' },
  { firstName: 'Ana', lastName: 'Berg', department: 'Sales', email: 'ana.berg@example.com' },
  { firstName: 'Björn', lastName: 'Berg', department: 'sales', email: 'bjorn@example.com' },
  {
    firstName: 'Carl',
    lastName: 'Lindquist',
    department: 'IT 100%',
    email: 'carl@example.com',
    title: 'Lead',
  },
  { firstName: 'Dora', lastName: 'Late', email: 'dora@example.com', startDate: '2099-01-01' },
];

beforeAll(async () => {
  organization = await harness.createOrganization();
  groupId = newId();
  await organization.context(async (ctx) => {
    await ctx.tx
      .insertInto('groups')
      .values({ organization_id: organization.id, id: groupId, name: 'Hotline' })
      .execute();
    await createUsers(
      ctx,
      people.map((person, i) => ({ ...person, role: 'agent' as const, groupIds: i < 2 ? [groupId] : [] })),
    );
  });
});

const list = async (query: string) =>
  (await organization.administrator.request('GET', `/api/v1/users?${query}`)).json();
const names = async (query: string) =>
  (await list(query)).items.map((user: { firstName: string }) => user.firstName);

describe('GET /users', () => {
  test('shows a line of each, ordered by last name as people read it', async () => {
    expect(await names('')).toEqual(['Ada', 'Zoë', 'Ana', 'Björn', 'Dora', 'Carl']);
    const line = (await list('search=zoe')).items[0];
    expect(line).toMatchObject({
      status: 'invited',
      roles: [{ key: 'agent' }],
      groups: [{ id: groupId, name: 'Hotline' }],
      groupCount: 1,
      extension: '4711',
      department: 'Care',
      invitationState: 'queued',
      lastSeenAt: null,
    });
    expect((await list('search=admin')).items[0].lastSeenAt).not.toBeNull();
  });

  test.each([
    ['any part, without case or accents', 'search=ASTRO', ['Zoë']],
    ['accents that were typed', `search=${encodeURIComponent('björn')}`, ['Björn']],
    ['decomposed accents', `search=${encodeURIComponent('bjo\u0308rn')}`, ['Björn']],
    ['words in any order', 'search=berg%20ana', ['Ana']],
    ['the middle of a word', 'search=ndqui', ['Carl']],
    ['part of an address', `search=${encodeURIComponent('ana.berg@')}`, ['Ana']],
    ['an extension', 'search=4711', ['Zoë']],
    ['one letter that begins a word', 'search=z', ['Zoë']],
    ['two letters that begin a word', 'search=li', ['Carl']],
    ['characters that patterns use, as themselves', `search=${encodeURIComponent('100%')}`, ['Carl']],
    ['nothing that fits', 'search=%25%25%25', []],
    ['an underscore as itself', 'search=b_rg', []],
    ['spaces alone as no search', 'search=%20%20', ['Ada', 'Zoë', 'Ana', 'Björn', 'Dora', 'Carl']],
    ['a status', 'status=scheduled', ['Dora']],
    ['several statuses', 'status=scheduled&status=active', ['Ada', 'Dora']],
    ['a department, however written', 'department=SALES', ['Ana', 'Björn']],
    ['where the invitation stands', 'invitationState=queued&search=berg', ['Ana', 'Björn']],
  ])('finds by %s', async (_, query, expected) => {
    expect(await names(query)).toEqual(expected);
    const count = await organization.administrator.request('GET', `/api/v1/users/count?${query}`);
    expect(count.json()).toEqual({ count: expected.length });
  });

  test('finds by role and group', async () => {
    expect(await names(`roleId=${organization.roles.administrator}`)).toEqual(['Ada']);
    expect(await names(`groupId=${groupId}`)).toEqual(['Zoë', 'Ana']);
    expect(
      await names(`groupId=${groupId}&search=ana&status=invited&roleId=${organization.roles.agent}`),
    ).toEqual(['Ana']);
  });

  test.each(['name', 'signInName', 'department', 'status', 'createdAt'])(
    'pages by %s in both directions without a gap or a repetition',
    async (sort) => {
      for (const direction of ['asc', 'desc']) {
        const whole = await names(`sort=${sort}&direction=${direction}`);
        const paged: string[] = [];
        let cursor = '';
        do {
          const page = await list(`sort=${sort}&direction=${direction}&limit=2${cursor}`);
          paged.push(...page.items.map((user: { firstName: string }) => user.firstName));
          cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
        } while (cursor);
        expect(paged).toEqual(whole);
        expect(paged).toHaveLength(6);
      }
    },
  );

  test('refuses a cursor of another order or of nobody, and an unknown filter', async () => {
    const { nextCursor } = await list('limit=1');
    const request = (query: string) => organization.administrator.request('GET', `/api/v1/users?${query}`);
    expect((await request(`sort=status&cursor=${nextCursor}`)).json().code).toBe('invalid_cursor');
    expect((await request('cursor=abc')).json().code).toBe('invalid_cursor');
    const forged = Buffer.from(JSON.stringify(['createdAt', 'asc', '2026', newId()])).toString('base64url');
    expect((await request(`sort=createdAt&cursor=${forged}`)).json().code).toBe('invalid_cursor');
    expect((await request('colour=red')).statusCode).toBe(422);
    expect((await request('search=a%00b')).statusCode).toBe(200);
  });

  test('shows nothing of another organization, and nothing to an agent or to nobody', async () => {
    const other = await harness.createOrganization('Other');
    const response = await other.administrator.request('GET', '/api/v1/users?search=berg');
    expect(response.json().items).toEqual([]);
    const agent = await other.addUser();
    for (const url of ['/api/v1/users', '/api/v1/users/count', '/api/v1/users/export']) {
      expect((await agent.request('GET', url)).statusCode).toBe(403);
      expect((await harness.inject({ url })).statusCode).toBe(401);
    }
  });
});

describe('GET /users/export', () => {
  test('writes what the list shows as CSV, safe against formulas, and tells the audit', async () => {
    const other = await harness.createOrganization('Exporting');
    await other.context((ctx) =>
      createUsers(ctx, [
        { firstName: '=HYPERLINK("x")', lastName: 'B', email: 'h@example.com', role: 'agent' },
      ]),
    );
    const response = await other.administrator.request(
      'GET',
      '/api/v1/users/export?columns=firstName&columns=roles&status=invited',
    );
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(response.body).toBe('\ufefffirstName,roles\r\n"\'=HYPERLINK(""x"")",Agent\r\n');
    const events = await other.context(({ tx }) =>
      tx.selectFrom('audit_events').select('action').where('action', '=', 'export.created').execute(),
    );
    expect(events).toHaveLength(1);
  });
});

describe('saved views', () => {
  const view = { name: 'Late starters', query: 'status=scheduled', columns: ['firstName', 'startDate'] };

  test('are kept, changed and removed, for their owner alone', async () => {
    const { administrator, addUser } = await harness.createOrganization();
    const created = await administrator.request('POST', '/api/v1/saved-views', view);
    expect(created.statusCode).toBe(201);
    const url = created.headers.location as string;
    expect(
      (await administrator.request('POST', '/api/v1/saved-views', { ...view, name: 'LATE starters' })).json(),
    ).toMatchObject({
      code: 'duplicate_name',
    });
    const changed = await administrator.request('PATCH', url, { name: 'Soon here' });
    expect(changed.json()).toMatchObject({ ...view, name: 'Soon here' });
    const second = await addUser({ role: 'administrator' });
    expect((await second.request('GET', '/api/v1/saved-views')).json().items).toEqual([]);
    expect((await second.request('PATCH', url, { name: 'Mine' })).statusCode).toBe(404);
    expect((await second.request('DELETE', url)).statusCode).toBe(404);
    expect((await administrator.request('DELETE', url)).statusCode).toBe(204);
    expect((await administrator.request('GET', '/api/v1/saved-views')).json().items).toEqual([]);
    const agent = await addUser();
    expect((await agent.request('GET', '/api/v1/saved-views')).statusCode).toBe(403);
  });
});
