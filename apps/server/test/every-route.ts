import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import type { Furnished } from './furnish-organization.ts';
import { type Harness, publicUrl } from './harness.ts';
import { decisions } from './route-decisions.ts';

export const routes = Object.entries(decisions).map(([route, decision]) => ({
  ...decision,
  route,
  method: route.split(' ')[0]! as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: route.split(' ')[1]!,
}));
export type Route = (typeof routes)[number];

/** What stands behind a collection in a path. */
export const kindOf: Record<string, keyof Furnished> = {
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
export function fill(path: string, ids: Furnished): string {
  return `/api/v1${path.replace(/([\w-]+)\/\{\w+\}/g, (_, collection: string) => `${collection}/${ids[kindOf[collection]!]}`)}`;
}

/** Sends what the route takes, with ids of one organization in its path and of another in its input. */
export function send(
  harness: Harness,
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
      origin: publicUrl,
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
export function expectProblem(response: LightMyRequestResponse, ...statuses: number[]): void {
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
