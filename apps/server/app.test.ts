import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, buildApp } from './app.ts';
import { keyInput } from './test/furnish-organization.ts';
import { password, publicUrl, useHarness } from './test/harness.ts';

const harness = useHarness();
const opened: App[] = [];
afterAll(async () => {
  for (const app of opened) await app.close();
});

async function open(...[options, publicUrl]: [Parameters<typeof buildApp>[1], string?]): Promise<App> {
  const { deps } = harness;
  const installation = { ...deps.installation, ...(publicUrl ? { publicUrl } : {}) };
  const app = await buildApp({ ...deps, installation }, options);
  opened.push(app);
  return app;
}

describe('every answer', () => {
  test.each(['/', '/api/v1/me', '/api/v1/setup', '/api/v1/nothing', '/healthz', '/api/docs'])(
    '%s may be framed by nobody, guessed at by nobody, and loads from here alone',
    async (url) => {
      const { headers } = await harness.inject({ url });
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'x-request-id': expect.any(String),
      });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
      if (!url.startsWith('/api/docs')) expect(policy).toContain("script-src 'self';");
      expect(headers['x-powered-by'] ?? headers.server).toBeUndefined();
    },
  );

  test('nothing of the API is kept by a browser or a proxy', async () => {
    for (const url of ['/api/v1/me', '/api/v1/setup', '/api/v1/nothing']) {
      expect((await harness.inject({ url })).headers['cache-control']).toBe('no-store');
    }
  });

  test('the transport is pinned, and cookies are bound to the host, where the public URL is https', async () => {
    expect((await harness.inject({ url: '/' })).headers['strict-transport-security']).toBeUndefined();
    const secure = 'https://people.example.com';
    const app = await open({}, secure);
    const { administrator } = await harness.createOrganization();
    const response = await app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { origin: secure },
      payload: { signInName: administrator.signInName, password },
    });
    expect(response.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
    expect(response.cookies[0]).toMatchObject({
      name: '__Host-rollcall_session',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
    });
    expect(response.cookies[0]).not.toHaveProperty('domain');
  });
});

describe('/metrics', () => {
  const metricsToken = 'a token for the collector';
  let app: App;
  beforeAll(async () => {
    app = await open({ metricsToken, trustedProxies: ['10.0.0.1'] });
  });
  const ask = (remoteAddress: string, headers: Record<string, string> = {}) =>
    app.inject({ url: '/metrics', remoteAddress, headers });

  test('tells this machine, and elsewhere who brings the token', async () => {
    const here = await ask('127.0.0.1');
    expect(here.statusCode).toBe(200);
    expect(here.body).toContain('rollcall_http_request_duration_seconds');
    const there = await ask('192.0.2.7', { authorization: `Bearer ${metricsToken}` });
    expect(there.statusCode).toBe(200);
  });

  test.each<[string, string, Record<string, string>]>([
    ['somebody from elsewhere', '192.0.2.7', {}],
    ['who brings another token', '192.0.2.7', { authorization: 'Bearer another token' }],
    ['who comes by a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }],
    [
      'who comes by such a proxy and says to be this machine',
      '127.0.0.1',
      { 'x-forwarded-for': '127.0.0.1' },
    ],
    [
      'who comes by a trusted proxy and says to be this machine',
      '10.0.0.1',
      { 'x-forwarded-for': '127.0.0.1' },
    ],
    ['who comes by a proxy that says it in another way', '127.0.0.1', { forwarded: 'for=192.0.2.7' }],
  ])('does not exist for %s', async (_who, address, headers) => {
    expect((await ask(address, headers)).statusCode).toBe(404);
  });
});

test('the page of the documentation loads nothing from elsewhere', async () => {
  const page = await harness.inject({ url: '/api/docs/' });
  expect(page.statusCode).toBe(200);
  const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"|url\(([^)]+)\)|import\("([^"]+)"\)/g)];
  expect(loaded.length).toBeGreaterThan(0);
  for (const [, ...urls] of loaded) expect(urls.find(Boolean)).not.toMatch(/^(https?:)?\/\//);
  expect((await harness.inject({ url: '/api/docs/js/scalar.js' })).statusCode).toBe(200);
});

test('the log of a day has no secret in it, and each line of a request its id', async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const app = await open({ logger: pino({ level: 'trace' }, stream) });
  const { administrator } = await harness.createOrganization();
  const cookie = administrator.cookie;
  const send = (
    method: 'GET' | 'POST',
    url: string,
    payload?: object,
    headers: Record<string, string> = { cookie },
  ) =>
    app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { origin: publicUrl, ...headers },
      ...(payload ? { payload } : {}),
    });
  const next = 'another long test password 43';
  const wrong = 'a wrong test password 44';
  const signInName = administrator.signInName;
  const signedIn = await send('POST', '/session', { signInName, password }, {});
  await send('POST', '/session', { signInName, password: wrong }, {});
  const key = (await send('POST', '/api-keys', keyInput(harness.clock.now))).json().secret;
  await send('GET', '/users?search=x', undefined, { authorization: `Bearer ${key}` });
  const webhook = await send('POST', '/webhooks', { name: 'Hook', url: 'https://1.1.1.1/path-secret' });
  const user = await send('POST', '/users', {
    firstName: 'Eva',
    lastName: 'Neu',
    email: 'eva@example.com',
    role: 'agent',
  });
  const { link } = (await send('POST', `/users/${user.json().id}/invitation/link`)).json();
  const token = new URL(link).hash.slice('#token='.length);
  await send('POST', '/invitations/read', { token }, {});
  await send('POST', '/invitations/read', { token, password: wrong }, {});
  await send('POST', '/invitations/accept', {
    token,
    firstName: 'A',
    lastName: 'B',
    password: next,
    timeZone: 'UTC',
  });
  await send('POST', '/me/password', { currentPassword: password, newPassword: next });
  await send('GET', `/me?token=${token}`, undefined, {});
  await app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: `{"password":"${wrong}`,
    headers: { 'content-type': 'application/json' },
  });

  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines.filter((line) => line.includes('"answered"'))) {
    expect(JSON.parse(line)).toMatchObject({
      reqId: expect.any(String),
      method: expect.any(String),
      status: expect.any(Number),
    });
  }
  const secrets = [
    password,
    next,
    wrong,
    key,
    webhook.json().secret,
    'path-secret',
    token,
    cookie.split('=')[1],
  ];
  for (const secret of [...secrets, signedIn.cookies[0]!.value]) {
    expect(secret).toBeTruthy();
    expect(log).not.toContain(secret);
  }
});
