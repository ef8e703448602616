import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';

const harness = useHarness();
const input = { name: 'Receiver', url: 'https://1.1.1.1/hooks/secret-path?token=abc', actions: [] };

test('a webhook is added with a secret that is shown once, changed, and removed; the audit keeps no secret of it', async () => {
  const { administrator } = await harness.createOrganization();
  const created = await administrator.request('POST', '/api/v1/webhooks', input);
  expect(created.statusCode).toBe(201);
  const { id, secret } = created.json();
  expect(created.headers.location).toBe(`/api/v1/webhooks/${id}`);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const list = await administrator.request('GET', '/api/v1/webhooks');
  expect(list.body).not.toContain('whsec_');
  expect(list.json().items).toMatchObject([
    { id, kind: 'webhook', status: 'working', behind: expect.any(Number) },
  ]);
  const changed = await administrator.request('PATCH', `/api/v1/webhooks/${id}`, {
    name: 'Other',
    enabled: false,
  });
  expect(changed.json()).toMatchObject({ name: 'Other', status: 'off' });
  const rotated = await administrator.request('POST', `/api/v1/webhooks/${id}/rotate-secret`);
  expect(rotated.json().secret).not.toBe(secret);
  expect((await administrator.request('DELETE', `/api/v1/webhooks/${id}`)).statusCode).toBe(204);
  expect((await administrator.request('GET', `/api/v1/webhooks/${id}`)).statusCode).toBe(404);
  const log = await administrator.request('GET', '/api/v1/audit?kind=webhook');
  expect(log.json().items.map((event: { action: string }) => event.action)).toEqual([
    'webhook.deleted',
    'webhook.updated',
    'webhook.updated',
    'webhook.created',
  ]);
  expect(log.body).not.toMatch(/whsec_|secret-path|token=abc/);
});

test.each([
  ['http://1.1.1.1/hook', 'https://'],
  ['https://127.0.0.1/hook', 'private or reserved'],
  ['https://localhost/hook', 'private or reserved'],
  ['https://169.254.169.254/latest/meta-data', 'private or reserved'],
  ['https://[::1]/hook', 'private or reserved'],
  ['https://[::ffff:10.0.0.1]/hook', 'private or reserved'],
  ['https://0x7f000001/hook', 'private or reserved'],
  ['syslog+tcp://10.0.0.1:601', 'private or reserved'],
  ['syslog+udp://2130706433:514', 'private or reserved'],
  ['syslog+tls://1.1.1.1/path', 'no path'],
  ['https://user:password@1.1.1.1/hook', 'user name or password'],
  ['https://1.1.1.1/hook#part', '#'],
  ['ftp://1.1.1.1/hook', 'must begin with'],
  ['file:///etc/passwd', 'must begin with'],
  ['https://no-such-host.invalid/hook', 'cannot be found'],
])('refuses the address %s', async (url, words) => {
  const { administrator } = await harness.createOrganization();
  const response = await administrator.request('POST', '/api/v1/webhooks', { ...input, url });
  expect(response.statusCode).toBe(422);
  expect(response.json().errors[0].field).toBe('url');
  expect(response.json().detail).toContain(words);
});

test('refuses a taken name, an unknown action, an unknown field, a change of kind', async () => {
  const { administrator } = await harness.createOrganization();
  const [first, second] = await Promise.all([
    administrator.request('POST', '/api/v1/webhooks', input),
    administrator.request('POST', '/api/v1/webhooks', { ...input, name: 'RECEIVER' }),
  ]);
  expect([first.statusCode, second.statusCode].sort()).toEqual([201, 409]);
  const refused = first.statusCode === 409 ? first : second;
  expect(refused.json()).toMatchObject({ code: 'duplicate_name', errors: [{ field: 'name' }] });
  const { id } = (first.statusCode === 201 ? first : second).json();
  for (const payload of [
    { ...input, name: 'B', actions: ['no.such'] },
    { ...input, name: 'B', color: 'red' },
  ])
    expect((await administrator.request('POST', '/api/v1/webhooks', payload)).statusCode).toBe(422);
  const kind = await administrator.request('PATCH', `/api/v1/webhooks/${id}`, {
    url: 'syslog+tcp://1.1.1.1:601',
  });
  expect(kind.statusCode).toBe(422);
  await administrator.request('POST', '/api/v1/webhooks', { ...input, name: 'Third' });
  const renamed = await administrator.request('PATCH', `/api/v1/webhooks/${id}`, { name: 'third' });
  expect(renamed.json()).toMatchObject({ code: 'duplicate_name' });
});

test('signed out, agents and other organizations get nowhere', async () => {
  const organization = await harness.createOrganization();
  const stranger = (await harness.createOrganization()).administrator;
  const agent = await organization.addUser();
  const { id } = (await organization.administrator.request('POST', '/api/v1/webhooks', input)).json();
  const requests = [
    ['GET', '/api/v1/webhooks', undefined],
    ['POST', '/api/v1/webhooks', { ...input, name: 'B' }],
    ['GET', `/api/v1/webhooks/${id}`, undefined],
    ['PATCH', `/api/v1/webhooks/${id}`, { name: 'C' }],
    ['DELETE', `/api/v1/webhooks/${id}`, undefined],
    ['POST', `/api/v1/webhooks/${id}/rotate-secret`, undefined],
    ['POST', `/api/v1/webhooks/${id}/test`, undefined],
    ['POST', `/api/v1/webhooks/${id}/replay`, { afterSeq: 0 }],
  ] as const;
  for (const [method, url, payload] of requests) {
    expect((await harness.inject({ method, url, ...(payload ? { payload } : {}) })).statusCode).toBe(401);
    expect((await agent.request(method, url, payload)).statusCode).toBe(403);
    if (url.includes(id)) expect((await stranger.request(method, url, payload)).statusCode).toBe(404);
  }
  expect((await stranger.request('GET', '/api/v1/webhooks')).json().items).toEqual([]);
});
