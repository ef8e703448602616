import type { LightMyRequestResponse } from 'fastify';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Furnished, furnish } from './furnish-organization.ts';
import { type TestOrganization, type TestUser, useHarness } from './harness.ts';
import { decisions } from './route-decisions.ts';

const harness = useHarness();
let ours: TestOrganization;
let theirs: TestOrganization;
let own: Furnished;
let foreign: Furnished;
let agent: TestUser;

beforeAll(async () => {
  ours = await harness.createOrganization('Ours');
  theirs = await harness.createOrganization('Theirs');
  own = await furnish(harness, ours);
  foreign = await furnish(harness, theirs);
  agent = await theirs.addUser();
});

const routes = Object.entries(decisions).map(([route, decision]) => ({
  ...decision,
  route,
  method: route.split(' ')[0]! as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: route.split(' ')[1]!,
}));
type Route = (typeof routes)[number];
const withoutStreams = routes.filter((route) => !route.stream);

const kindOf: Record<string, keyof Furnished> = {
  users: 'user',
  sessions: 'session',
  'api-keys': 'apiKey',
  groups: 'group',
  numbers: 'number',
  'off-boardings': 'offBoarding',
  tasks: 'task',
  operations: 'operation',
  imports: 'import',
  webhooks: 'webhook',
  mail: 'mail',
  'saved-views': 'savedView',
  audit: 'event',
};

/** The path with ids in it: `/users/{id}` gets a user's. */
function fill(path: string, ids: Furnished): string {
  return `/api/v1${path.replace(/([\w-]+)\/\{\w+\}/g, (_, collection: string) => `${collection}/${ids[kindOf[collection]!]}`)}`;
}

async function send(
  route: Route,
  by: { cookie: string } | null,
  ids: { path: Furnished; input: Furnished },
): Promise<LightMyRequestResponse> {
  const query = route.query ? `?${route.query(ids.input)}` : '';
  const { payload, type } = payloadOf(route, ids.input);
  return harness.inject({
    method: route.method,
    url: `${fill(route.path, ids.path)}${query}`,
    headers: {
      ...(by ? { cookie: by.cookie } : {}),
      origin: 'http://127.0.0.1:3000',
      ...(['PATCH', 'DELETE', 'PUT'].includes(route.method) ? { 'if-match': '*' } : {}),
      ...(type ? { 'content-type': type } : {}),
    },
    ...(payload ? { payload } : {}),
  });
}

const boundary = 'rollcall-test-boundary';
const otherInputs: Record<string, { payload: Buffer | string; type: string }> = {
  'PUT /organization/logo': { payload: Buffer.from('89504e470d0a1a0a', 'hex'), type: 'image/png' },
  'POST /mail/bounces': { payload: 'Subject: Hello\r\n\r\nHello', type: 'message/rfc822' },
  'POST /imports': {
    payload: `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nemail\r\n--${boundary}--\r\n`,
    type: `multipart/form-data; boundary=${boundary}`,
  },
};

function payloadOf(route: Route, ids: Furnished): { payload?: Buffer | string; type?: string } {
  const body = route.body?.(ids);
  if (body) return { payload: JSON.stringify(body), type: 'application/json' };
  return otherInputs[route.route] ?? {};
}

/** Every error of ours: RFC 9457, with the request's id, and nothing of the inside. */
function expectProblem(response: LightMyRequestResponse, ...statuses: number[]): void {
  expect(statuses, response.body).toContain(response.statusCode);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const problem = response.json();
  expect(problem).toMatchObject({
    status: response.statusCode,
    requestId: response.headers['x-request-id'],
    code: expect.any(String),
    title: expect.any(String),
  });
  expect(response.body).not.toMatch(/\.ts:|node_modules|at Object|select |insert into/);
}

/** Everything that an organization has, in one number. */
async function everythingOf(organizationId: string): Promise<Record<string, string>> {
  const { rows: tables } = await harness.deps.db.pool.query<{ name: string }>(`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'organization_id' order by 1`);
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await harness.deps.db.pool.query(
      `select md5(string_agg(t::text, ',' order by t::text)) as content from ${name} t where organization_id = $1`,
      [organizationId],
    );
    contents[name] = rows[0].content;
  }
  return contents;
}

test('somebody has decided about every route who may call it', () => {
  const served = Object.entries(harness.app.swagger().paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  );
  expect(Object.keys(decisions).sort()).toEqual(served.sort());
});

describe('without signing in', () => {
  test.each(routes.filter((route) => route.who !== 'anyone'))('$route answers 401', async (route) => {
    expectProblem(await send(route, null, { path: foreign, input: foreign }), 401);
  });
});

test('an agent gets at nothing but what is their own, and changes nothing', async () => {
  const before = await everythingOf(theirs.id);
  for (const route of routes.filter(({ who }) => who === 'permitted')) {
    const response = await send(route, agent, { path: foreign, input: foreign });
    expect([403, 404], `${route.route}: ${response.body}`).toContain(response.statusCode);
    expectProblem(response, 403, 404);
  }
  expect(await everythingOf(theirs.id)).toEqual(before);
});

test('what is about oneself is open to an agent, and tells and ends nothing of a colleague', async () => {
  for (const route of withoutStreams.filter(({ who }) => who === 'oneself')) {
    const somebody = await theirs.addUser();
    const response = await send(route, somebody, { path: foreign, input: foreign });
    const open = route.path.includes('{') || route.path === '/organization/logo' ? [404] : [200, 202, 204];
    if (route.route === 'POST /session/organization') open.push(404);
    expect(open, `${route.route}: ${response.body}`).toContain(response.statusCode);
  }
});

test('an administrator reaches nothing of another organization by its ids', async () => {
  const before = await everythingOf(theirs.id);
  for (const route of routes.filter(({ path }) => path.includes('{'))) {
    const response = await send(route, ours.administrator, { path: foreign, input: own });
    expect(response.statusCode, `${route.route}: ${response.body}`).toBe(404);
    expectProblem(response, 404);
  }
  for (const route of routes.filter(({ path }) => (path.match(/\{/g) ?? []).length > 1)) {
    const [first] = route.path.split('/').slice(1);
    const mixed = { ...foreign, [kindOf[first!]!]: own[kindOf[first!]!] };
    if (first === 'off-boardings') continue;
    expectProblem(await send(route, ours.administrator, { path: mixed, input: own }), 404);
  }
  expect(await everythingOf(theirs.id)).toEqual(before);
});

test('nor by naming them in its input', async () => {
  const before = await everythingOf(theirs.id);
  const ownBefore = await everythingOf(ours.id);
  const naming = routes.filter(
    ({ body, byRow }) => body && !byRow && JSON.stringify(body(own)) !== JSON.stringify(body(foreign)),
  );
  for (const route of naming) {
    const response = await send(route, ours.administrator, { path: own, input: foreign });
    expect([404, 409, 422], `${route.route}: ${response.body}`).toContain(response.statusCode);
    expectProblem(response, 404, 409, 422);
  }
  expect(await everythingOf(ours.id)).toEqual(ownBefore);
  for (const route of routes.filter(({ byRow }) => byRow)) {
    const response = await send(route, ours.administrator, { path: own, input: foreign });
    expect(response.body, route.route).not.toContain(theirs.id.slice(-7));
  }
  expect(await everythingOf(theirs.id)).toEqual(before);
});

describe('input that is none', () => {
  const withBody = routes.filter(({ body }) => body);

  test.each(withBody)('$route refuses a field that it does not know, by name', async (route) => {
    const response = await harness.inject({
      method: route.method,
      url: fill(route.path, own),
      headers: { cookie: ours.administrator.cookie, origin: 'http://127.0.0.1:3000', 'if-match': '*' },
      payload: { ...route.body!(own), isAdmin: true },
    });
    expectProblem(response, 422);
    expect(response.json().errors).toContainEqual(
      expect.objectContaining({ field: 'isAdmin', remedy: expect.any(String) }),
    );
  });

  test.each(withBody)('$route refuses a body that is not JSON', async (route) => {
    const response = await harness.inject({
      method: route.method,
      url: fill(route.path, own),
      headers: {
        cookie: ours.administrator.cookie,
        origin: 'http://127.0.0.1:3000',
        'content-type': 'application/json',
      },
      payload: '{"firstName": "A',
    });
    expectProblem(response, 400);
    expect(response.json().code).toBe('malformed_request');
  });

  test.each(routes.filter(({ path }) => /\{\w*[iI]d\}/.test(path)))(
    '$route refuses an id that is none in its path',
    async (route) => {
      const broken = Object.fromEntries(
        Object.keys(own).map((key) => [key, 'no-id']),
      ) as unknown as Furnished;
      const response = await send(route, ours.administrator, { path: broken, input: own });
      expectProblem(response, 404, 422);
      expect(response.json().detail).toBeTruthy();
    },
  );
});

test.each(routes.filter(({ path, method }) => method === 'GET' && path !== ''))(
  '$route refuses a cursor that is none',
  async (route) => {
    const documented = harness.app.swagger().paths?.[`/api/v1${route.path}`]?.get?.parameters ?? [];
    if (!documented.some((parameter) => 'name' in parameter && parameter.name === 'cursor')) return;
    const response = await ours.administrator.request('GET', `${fill(route.path, own)}?cursor=no-cursor`);
    expectProblem(response, 400);
    expect(response.json().code).toBe('invalid_cursor');
  },
);
