import { beforeAll, describe, expect, test } from 'vitest';
import { expectProblem, fill, routes, send } from './every-route.ts';
import { type Furnished, furnish } from './furnish-organization.ts';
import { publicUrl, type TestUser, useHarness } from './harness.ts';

const harness = useHarness();
let administrator: TestUser;
let own: Furnished;

beforeAll(async () => {
  const organization = await harness.createOrganization();
  administrator = organization.administrator;
  own = await furnish(harness, organization);
});

describe('input that is none', () => {
  const withBody = routes.filter(({ body }) => body);

  test.each(withBody)('$route refuses a field that it does not know, by name', async (route) => {
    const response = await harness.inject({
      method: route.method,
      url: fill(route.path, own),
      headers: { cookie: administrator.cookie, origin: publicUrl, 'if-match': '*' },
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
        cookie: administrator.cookie,
        origin: publicUrl,
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
      const response = await send(harness, route, administrator, { path: broken, input: own });
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
    const response = await administrator.request('GET', `${fill(route.path, own)}?cursor=no-cursor`);
    expectProblem(response, 400);
    expect(response.json().code).toBe('invalid_cursor');
  },
);

describe('text that hurts', () => {
  const hurting = [
    'a\u0000b',
    'a\ud800b',
    'x'.repeat(100_000),
    '\u202e\u2066',
    '',
    ' ',
    "'; drop table users --",
    '💥',
  ];

  /** Each string in turn replaced by `text`, and each number and flag by something else. */
  function* spoilt(value: unknown, text: string): Generator<unknown> {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries())
        for (const other of spoilt(item, text)) yield value.with(index, other);
      yield text;
    } else if (value !== null && typeof value === 'object') {
      for (const [key, item] of Object.entries(value))
        for (const other of spoilt(item, text)) yield { ...value, [key]: other };
    } else {
      yield text;
      yield [text];
      yield { [text]: text };
      yield 1e308;
      yield null;
    }
  }

  test.each(routes.filter(({ body }) => body))(
    '$route answers with words and never fails',
    async (route) => {
      for (const text of hurting)
        for (const payload of spoilt(route.body!(own), text)) {
          const response = await harness.inject({
            method: route.method,
            url: fill(route.path, own),
            headers: { cookie: administrator.cookie, origin: publicUrl, 'if-match': '*' },
            payload: payload as object,
          });
          if (response.statusCode === 401) return;
          expect(
            response.statusCode,
            `${JSON.stringify(payload).slice(0, 200)} ${response.body}`,
          ).toBeLessThan(500);
          if (response.statusCode >= 400) expectProblem(response, response.statusCode);
        }
    },
    60_000,
  );

  test.each(routes.filter(({ method, stream }) => method === 'GET' && !stream))(
    '$route takes no query amiss',
    async (route) => {
      const parameters = harness.app.swagger().paths?.[`/api/v1${route.path}`]?.get?.parameters ?? [];
      for (const parameter of parameters) {
        if (!('name' in parameter) || parameter.in !== 'query') continue;
        for (const text of [
          '%00',
          '%ED%A0%80',
          '%zz',
          '-1',
          '99999999999999999999',
          '',
          '%27',
          'a'.repeat(5000),
        ]) {
          const response = await administrator.request(
            'GET',
            `${fill(route.path, own)}?${parameter.name}=${text}`,
          );
          expect(response.statusCode, `${parameter.name}=${text} ${response.body}`).toBeLessThan(500);
          if (response.statusCode >= 400) expectProblem(response, response.statusCode);
        }
      }
    },
  );
});

describe('requests that are none', () => {
  const headers = () => ({ cookie: administrator.cookie, origin: publicUrl });
  const text = (method: 'GET' | 'POST' | 'PUT', url: string, type: string, payload: string) =>
    harness.inject({
      method,
      url: `/api/v1${url}`,
      headers: { ...headers(), 'content-type': type },
      payload,
    });

  test('a body beyond a megabyte is refused with the limit in words', async () => {
    const response = await administrator.request('POST', '/api/v1/groups', { name: 'x'.repeat(1_100_000) });
    expectProblem(response, 413);
    expect(response.json().detail).toContain('1 MB');
  });

  test('a body of another kind is refused, with the kind that is meant', async () => {
    const response = await text('POST', '/groups', 'text/csv', 'name');
    expectProblem(response, 415);
    expect(response.json().detail).toContain('application/json');
  });

  test.each([
    ['no body', 'application/json', ''],
    ['another alphabet', 'application/json; charset=utf-16', '{}'],
    ['a prototype', 'application/json', '{"__proto__":{"isAdmin":true}}'],
    ['a list', 'application/json', '[]'],
    ['a string', 'application/json', '"name"'],
  ])('%s is refused', async (_name, type, payload) => {
    expectProblem(await text('POST', '/groups', type, payload), 400, 415, 422);
  });

  test.each([
    '/api/v1/nothing',
    '/api/v1/users/%zz',
    '/api/v1/users/%00',
    `/api/v1/users/${'a'.repeat(2000)}`,
    '/api',
    '/api/v2/users',
  ])('%s is told not to be there', async (url) => {
    expectProblem(await administrator.request('GET', url), 400, 404, 414, 422);
  });

  test('a method that a path does not know is told', async () => {
    expectProblem(await administrator.request('PUT', '/api/v1/users', {}), 404, 405);
  });
});
