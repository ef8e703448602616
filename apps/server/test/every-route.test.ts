import { beforeAll, describe, expect, test } from 'vitest';
import { expectProblem, kindOf, routes, send } from './every-route.ts';
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

const withoutStreams = routes.filter((route) => !route.stream);

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
    expectProblem(await send(harness, route, null, { path: foreign, input: foreign }), 401);
  });
});

test('an agent gets at nothing but what is their own, and changes nothing', async () => {
  const before = await everythingOf(theirs.id);
  for (const route of routes.filter(({ who }) => who === 'permitted')) {
    const response = await send(harness, route, agent, { path: foreign, input: foreign });
    expect([403, 404], `${route.route}: ${response.body}`).toContain(response.statusCode);
    expectProblem(response, 403, 404);
  }
  expect(await everythingOf(theirs.id)).toEqual(before);
});

test('what is about oneself is open to an agent, and tells and ends nothing of a colleague', async () => {
  for (const route of withoutStreams.filter(({ who }) => who === 'oneself')) {
    const somebody = await theirs.addUser();
    const response = await send(harness, route, somebody, { path: foreign, input: foreign });
    const open = route.path.includes('{') || route.path === '/organization/logo' ? [404] : [200, 202, 204];
    if (route.route === 'POST /session/organization') open.push(404);
    expect(open, `${route.route}: ${response.body}`).toContain(response.statusCode);
  }
});

test('an administrator reaches nothing of another organization by its ids', async () => {
  const before = await everythingOf(theirs.id);
  for (const route of routes.filter(({ path }) => path.includes('{'))) {
    const response = await send(harness, route, ours.administrator, { path: foreign, input: own });
    expect(response.statusCode, `${route.route}: ${response.body}`).toBe(404);
    expectProblem(response, 404);
  }
  for (const route of routes.filter(({ path }) => (path.match(/\{/g) ?? []).length > 1)) {
    const [first] = route.path.split('/').slice(1);
    const mixed = { ...foreign, [kindOf[first!]!]: own[kindOf[first!]!] };
    if (first === 'off-boardings') continue;
    expectProblem(await send(harness, route, ours.administrator, { path: mixed, input: own }), 404);
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
    const response = await send(harness, route, ours.administrator, { path: own, input: foreign });
    expect([404, 409, 422], `${route.route}: ${response.body}`).toContain(response.statusCode);
    expectProblem(response, 404, 409, 422);
  }
  expect(await everythingOf(ours.id)).toEqual(ownBefore);
  for (const route of routes.filter(({ byRow }) => byRow)) {
    const response = await send(harness, route, ours.administrator, { path: own, input: foreign });
    expect(response.body, route.route).not.toContain(theirs.id.slice(-7));
  }
  expect(await everythingOf(theirs.id)).toEqual(before);
});
