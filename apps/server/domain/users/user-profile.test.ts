import { describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type TestUser, useHarness } from '../../test/harness.ts';

const harness = useHarness();

async function setUp() {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const add = async (over: object = {}) => {
    const body = {
      firstName: 'Grace',
      lastName: 'Hopper',
      email: `${newId()}@example.com`,
      role: 'agent',
      ...over,
    };
    return (await administrator.request('POST', '/api/v1/users', body)).json() as {
      id: string;
      extension: string;
    };
  };
  const patch = async (id: string, body: object, by: TestUser = administrator) => {
    const { etag } = (await administrator.request('GET', `/api/v1/users/${id}`)).headers;
    return by.request('PATCH', `/api/v1/users/${id}`, body, { 'if-match': etag as string });
  };
  const invitationsOf = (id: string) =>
    organization.context(({ tx }) =>
      tx
        .selectFrom('invitations')
        .select(['email', 'state'])
        .where('user_id', '=', id)
        .orderBy('id')
        .execute(),
    );
  return { ...organization, add, patch, invitationsOf };
}

describe('PATCH /users/:id', () => {
  test('changes what is given, keeps the rest, and audits each field as it was and is', async () => {
    const { administrator, add, patch, context } = await setUp();
    const { id } = await add({ department: 'Care', title: 'Agent', customFields: { shirt: 'M', desk: '4' } });
    const response = await patch(id, {
      department: 'Sales',
      title: null,
      customFields: { desk: null, car: 'none' },
    });
    expect(response.statusCode).toBe(200);
    expect(response.headers.etag).toBe('"v2"');
    expect(response.json()).toMatchObject({
      firstName: 'Grace',
      department: 'Sales',
      title: null,
      customFields: { shirt: 'M', car: 'none' },
    });
    const [event] = await context(({ tx }) =>
      tx
        .selectFrom('audit_events as e')
        .innerJoin('audit_details as d', 'd.event_id', 'e.id')
        .select('d.payload')
        .where('e.action', '=', 'user.updated')
        .execute(),
    );
    expect(event!.payload).toMatchObject({
      before: { department: 'Care', title: 'Agent', customFields: { shirt: 'M', desk: '4' } },
      after: { department: 'Sales', title: null, customFields: { shirt: 'M', car: 'none' } },
    });
    const same = await patch(id, { department: 'Sales' });
    expect(same.headers.etag).toBe('"v2"');
    expect((await administrator.request('PATCH', `/api/v1/users/${id}`, {})).statusCode).toBe(428);
  });

  test('tells of another editor, with what stands there now, and overwrites nothing', async () => {
    const { administrator, add } = await setUp();
    const { id } = await add();
    const change = (title: string) =>
      administrator.request('PATCH', `/api/v1/users/${id}`, { title }, { 'if-match': '"v1"' });
    const responses = await Promise.all(['One', 'Two', 'Three'].map(change));
    expect(responses.map((response) => response.statusCode).sort()).toEqual([200, 412, 412]);
    const winner = responses.find((response) => response.statusCode === 200)!.json();
    const loser = responses.find((response) => response.statusCode === 412)!.json();
    expect(loser).toMatchObject({
      code: 'precondition_failed',
      context: { current: { id, title: winner.title, version: 2 } },
    });
  });

  test('lets the sign-in name follow the e-mail address, unless it is set otherwise, and voids what went to the old one', async () => {
    const { add, patch, invitationsOf } = await setUp();
    const typo = `typo${newId()}@example.com`;
    const right = `right${newId()}@example.com`;
    const { id } = await add({ email: typo });
    expect((await patch(id, { email: right })).json()).toMatchObject({ email: right, signInName: right });
    expect(await invitationsOf(id)).toMatchObject([
      { email: typo, state: 'revoked' },
      { email: right, state: 'queued' },
    ]);
    expect((await patch(id, { signInName: 'grace' })).json()).toMatchObject({
      signInName: 'grace',
      email: right,
    });
    expect((await patch(id, { email: typo })).json()).toMatchObject({ signInName: 'grace', email: typo });
  });

  test('refuses a name or an extension that somebody has, and gives an extension back', async () => {
    const { add, patch } = await setUp();
    const first = await add({ signInName: 'Straße' });
    const second = await add();
    expect((await patch(second.id, { signInName: 'STRASSE' })).json().code).toBe('duplicate_sign_in_name');
    expect((await patch(second.id, { extension: first.extension })).json()).toMatchObject({
      code: 'extension_taken',
      errors: [{ field: 'extension', remedy: 'Choose another or leave it empty.' }],
    });
    expect((await patch(second.id, { extension: '999' })).statusCode).toBe(422);
    expect((await patch(first.id, { extension: null })).json().extension).toBeNull();
    expect((await patch(second.id, { extension: null })).json().extension).toBeNull();
    expect((await patch(second.id, { extension: 'auto' })).json().extension).toBe(first.extension);
  });

  test('lets nobody become their own manager, over others neither, and not by two changes at once', async () => {
    const { add, patch } = await setUp();
    const [one, two, three] = [await add(), await add(), await add()];
    expect((await patch(one.id, { managerId: one.id })).json().errors[0].field).toBe('managerId');
    expect((await patch(one.id, { managerId: two.id })).statusCode).toBe(200);
    expect((await patch(two.id, { managerId: three.id })).statusCode).toBe(200);
    expect((await patch(three.id, { managerId: one.id })).statusCode).toBe(422);
    for (let round = 0; round < 10; round++) {
      const [a, b] = [await add(), await add()];
      const responses = await Promise.all([
        patch(a.id, { managerId: b.id }),
        patch(b.id, { managerId: a.id }),
      ]);
      expect(responses.map((response) => response.statusCode).sort()).toEqual([200, 422]);
    }
  });

  test('crosses into no other organization', async () => {
    const { administrator, add, patch } = await setUp();
    const other = await setUp();
    const theirs = await other.add();
    const numberId = newId();
    await other.context(({ tx }) =>
      tx
        .insertInto('numbers')
        .values({ organization_id: other.id, id: numberId, e164: '+4930901820', user_id: theirs.id })
        .execute(),
    );
    const { id } = await add();
    expect((await patch(id, { managerId: theirs.id })).json().errors[0].field).toBe('managerId');
    expect((await patch(id, { defaultNumberId: numberId })).json().errors[0].field).toBe('defaultNumberId');
    const calls: ['GET' | 'PATCH' | 'PUT', string, object?][] = [
      ['GET', ''],
      ['PATCH', '', { title: 'Mine' }],
      ['PUT', '/role', { role: 'agent' }],
      ['GET', '/sign-in-diagnosis'],
      ['GET', '/history'],
      ['PUT', '/availability', { availability: 'online' }],
    ];
    for (const [method, path, body] of calls) {
      const url = `/api/v1/users/${theirs.id}${path}`;
      const response = await administrator.request(method, url, body, { 'if-match': '*' });
      expect(response.statusCode, `${method} ${path}`).toBe(404);
      expect((await harness.inject({ method, url, ...(body ? { payload: body } : {}) })).statusCode).toBe(
        401,
      );
    }
  });

  test('shows an agent their own profile, nobody else’s, and lets them change neither', async () => {
    const { addUser, administrator, patch } = await setUp();
    const agent = await addUser();
    expect((await agent.request('GET', `/api/v1/users/${agent.id}`)).json().signInName).toBe(
      agent.signInName,
    );
    expect((await agent.request('GET', `/api/v1/users/${administrator.id}`)).statusCode).toBe(404);
    expect((await patch(agent.id, { title: 'Boss' }, agent)).statusCode).toBe(403);
    expect(
      (await agent.request('PUT', `/api/v1/users/${agent.id}/role`, { role: 'administrator' })).statusCode,
    ).toBe(403);
  });
});

test('the history tells who somebody was on any past day', async () => {
  const { administrator, add, patch, context, ...organization } = await setUp();
  const { id } = await add({ department: 'Care' });
  await context(({ tx }) =>
    tx
      .updateTable('organizations')
      .set({ session_idle_minutes: 43_200 })
      .where('id', '=', organization.id)
      .execute(),
  );
  const start = harness.clock.now;
  harness.clock.now = new Date(start.getTime() + 86_400_000 * 2);
  try {
    await patch(id, { department: 'Sales' });
    const url = `/api/v1/users/${id}/history`;
    const whole = (await administrator.request('GET', url)).json();
    expect(whole.periods).toMatchObject([{ department: 'Sales', validTo: null }, { department: 'Care' }]);
    expect(whole.roles).toMatchObject([{ name: 'Agent', validTo: null }]);
    const day = start.toISOString().slice(0, 10);
    const then = (await administrator.request('GET', `${url}?at=${day}`)).json();
    expect(then.periods).toMatchObject([{ department: 'Care' }]);
    const before = (await administrator.request('GET', `${url}?at=2001-01-01`)).json();
    expect(before).toEqual({ periods: [], roles: [], groups: [] });
    expect((await administrator.request('GET', `${url}?at=soon`)).statusCode).toBe(422);
  } finally {
    harness.clock.now = start;
  }
});

test('availability is one’s own to set, or an administrator’s, and makes no new version', async () => {
  const { administrator, addUser, add } = await setUp();
  const agent = await addUser();
  const away = await agent.request('PUT', '/api/v1/me/availability', {
    availability: 'away',
    awayReason: 'Lunch',
  });
  expect(away.json()).toMatchObject({ availability: 'away', awayReason: 'Lunch' });
  expect((await agent.request('GET', '/api/v1/me/availability')).json()).toMatchObject({
    awayReason: 'Lunch',
  });
  const online = await administrator.request('PUT', `/api/v1/users/${agent.id}/availability`, {
    availability: 'online',
  });
  expect(online.json()).toMatchObject({ availability: 'online', awayReason: null });
  expect((await administrator.request('GET', `/api/v1/users/${agent.id}`)).headers.etag).toBe('"v1"');
  const other = await addUser();
  const url = `/api/v1/users/${agent.id}/availability`;
  expect((await other.request('PUT', url, { availability: 'offline' })).statusCode).toBe(404);
  expect(
    (await agent.request('PUT', '/api/v1/me/availability', { availability: 'online', awayReason: 'x' }))
      .statusCode,
  ).toBe(422);
  const invited = await add();
  const refused = await administrator.request('PUT', `/api/v1/users/${invited.id}/availability`, {
    availability: 'online',
  });
  expect(refused.json().code).toBe('wrong_status');
});
