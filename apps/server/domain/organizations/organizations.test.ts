import { expect, test } from 'vitest';
import { publicUrl, useHarness } from '../../test/harness.ts';

const harness = useHarness();
const url = '/api/v1/organization';
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);

test('changes settings with the version that was read, and notes what was and what is', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const read = await administrator.request('GET', url);
  expect(read.headers.etag).toBe('"v1"');
  expect(read.json()).toMatchObject({ name: 'Nordwind Calls', sessionIdleMinutes: 720, logo: null });

  const change = { name: ' Südwind ', language: 'de', timeZone: 'europe/berlin', reasonRequired: true };
  const changed = await administrator.request('PATCH', url, change, { 'if-match': '"v1"' });
  expect(changed.json()).toMatchObject({ name: 'Südwind', timeZone: 'Europe/Berlin', version: 2 });
  expect(changed.headers.etag).toBe('"v2"');

  expect((await administrator.request('PATCH', url, change)).json().code).toBe('precondition_required');
  const stale = await administrator.request('PATCH', url, { name: 'X' }, { 'if-match': '"v1"' });
  expect(stale.json()).toMatchObject({ code: 'precondition_failed', context: { current: { version: 2 } } });
  const details = await organization.context(({ tx }) =>
    tx.selectFrom('audit_details').select('payload').orderBy('event_id', 'desc').limit(1).execute(),
  );
  expect(details[0]!.payload).toMatchObject({
    before: { name: 'Nordwind Calls', language: 'en' },
    after: { name: 'Südwind', language: 'de', reasonRequired: true },
  });
});

test('of two changes of the same version at once one is refused', async () => {
  const { administrator } = await harness.createOrganization();
  const answers = await Promise.all(
    ['One', 'Two'].map((name) => administrator.request('PATCH', url, { name }, { 'if-match': '"v1"' })),
  );
  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 412]);
});

test('names the field that is wrong', async () => {
  const { administrator } = await harness.createOrganization();
  for (const [field, value] of [
    ['name', ''],
    ['timeZone', 'Middle/Earth'],
    ['language', 'tlh'],
    ['defaultCountry', 'Germany'],
    ['sessionIdleMinutes', 4],
    ['sessionAbsoluteHours', 2.5],
    ['extensionFrom', 99],
    ['colour', 'red'],
  ] as const) {
    const answer = await administrator.request('PATCH', url, { [field]: value }, { 'if-match': '"v1"' });
    expect(answer.statusCode, field).toBe(422);
    expect(answer.json().errors[0].field).toBe(field);
  }
  const range = await administrator.request(
    'PATCH',
    url,
    { extensionFrom: 5000, extensionTo: 4000 },
    { 'if-match': '"v1"' },
  );
  expect(range.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'extensionTo' }] });
});

test('shorter session limits end open sessions at once', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const agent = await addUser();
  const start = harness.clock.now;
  await administrator.request('PATCH', url, { sessionAbsoluteHours: 1 }, { 'if-match': '"v1"' });
  expect((await agent.request('GET', '/api/v1/me')).statusCode).toBe(200);
  harness.clock.now = new Date(start.getTime() + 61 * 60_000);
  expect((await agent.request('GET', '/api/v1/me')).statusCode).toBe(401);
  harness.clock.now = start;

  await administrator.request('PATCH', url, { sessionIdleMinutes: 5 }, { 'if-match': '"v2"' });
  harness.clock.now = new Date(start.getTime() + 6 * 60_000);
  expect((await agent.request('GET', '/api/v1/me')).statusCode).toBe(401);
  harness.clock.now = start;
});

const put = (cookie: string, body: Buffer, type = 'image/png') =>
  harness.inject({
    method: 'PUT',
    url: `${url}/logo`,
    payload: body,
    headers: { cookie, origin: publicUrl, 'content-type': type },
  });

test('keeps a logo that is an image by its own bytes, and serves it as that', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const { cookie } = administrator;
  const path = (await put(cookie, png, 'image/jpeg')).json().logo;
  expect(path).toMatch(/^\/api\/v1\/organization\/logo\?v=\d+$/);
  const agent = await addUser();
  const served = await agent.request('GET', path);
  expect(served.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
  expect(served.rawPayload.equals(png)).toBe(true);
  expect((await agent.request('GET', '/api/v1/me')).json().organization.logo).toBe(path);

  expect((await put(cookie, Buffer.from('<svg onload="alert(1)"/>'))).statusCode).toBe(415);
  expect((await put(cookie, png, 'image/svg+xml')).statusCode).toBe(415);
  const large = Buffer.concat([png, Buffer.alloc(262_144)]);
  expect((await put(cookie, large)).json()).toMatchObject({ code: 'file_too_large' });
  expect((await put(cookie, Buffer.alloc(0))).statusCode).toBeGreaterThanOrEqual(400);

  expect((await administrator.request('DELETE', `${url}/logo`)).statusCode).toBe(204);
  expect((await administrator.request('GET', `${url}/logo`)).statusCode).toBe(404);
  expect((await administrator.request('DELETE', `${url}/logo`)).statusCode).toBe(404);
});

test('is for administrators, and of one organization alone', async () => {
  const one = await harness.createOrganization('One');
  const two = await harness.createOrganization('Two');
  const agent = await one.addUser();
  expect((await agent.request('GET', url)).statusCode).toBe(403);
  expect((await agent.request('PATCH', url, { name: 'Mine' }, { 'if-match': '"v1"' })).statusCode).toBe(403);
  expect((await put(agent.cookie, png)).statusCode).toBe(403);
  expect((await agent.request('DELETE', `${url}/logo`)).statusCode).toBe(403);
  expect((await harness.inject({ url })).statusCode).toBe(401);
  await put(one.administrator.cookie, png);
  expect((await two.administrator.request('GET', `${url}/logo`)).statusCode).toBe(404);
  expect((await two.administrator.request('GET', url)).json().name).toBe('Two');
});
