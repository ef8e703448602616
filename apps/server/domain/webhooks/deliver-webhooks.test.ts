import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Webhook, WebhookCreated } from '@rollcall/contract/webhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { Repetition } from '../../platform/run-repeatedly.ts';
import type { TestOrganization } from '../../test/harness.ts';
import { useHarness } from '../../test/harness.ts';
import { sealEverything } from '../../test/seal-everything.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../test/webhook-receiver.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { startSealer } from '../audit/start-sealer.ts';
import { signWebhook } from './sign-webhook.ts';
import { startWebhookWorkers } from './webhooks.workers.ts';

const harness = useHarness({
  extend: (deps) => ({
    ...deps,
    installation: { ...deps.installation, privateNetworks: ['127.0.0.1'] },
  }),
});
let organization: TestOrganization;
let receiver: WebhookReceiver;
let nodes: Repetition[];
/** The handler that the queue would run. */
let deliverAgain: (data: never) => Promise<void>;

beforeAll(async () => {
  const jobs = {
    ...harness.deps.jobs,
    work: async (_queue: string, handler: unknown) => {
      deliverAgain = handler as typeof deliverAgain;
    },
  };
  nodes = [
    startSealer({ ...harness.deps, encryption: harness.deps.installation.encryption }),
    await startWebhookWorkers(harness.deps, jobs as never),
    await startWebhookWorkers(harness.deps, jobs as never),
  ];
});
afterAll(() => Promise.all(nodes.map((node) => node.stop())));
beforeEach(async () => {
  organization = await harness.createOrganization();
  await sealEverything(harness, organization.id);
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.stop());

async function addWebhook(input: object = {}): Promise<WebhookCreated> {
  const response = await organization.administrator.request('POST', '/api/v1/webhooks', {
    name: 'Receiver',
    url: receiver.url,
    actions: ['group.created', 'group.updated'],
    ...input,
  });
  expect(response.statusCode).toBe(201);
  return response.json();
}

const read = async (id: string): Promise<Webhook> =>
  (await organization.administrator.request('GET', `/api/v1/webhooks/${id}`)).json();

async function until(id: string, condition: (webhook: Webhook) => boolean): Promise<Webhook> {
  while (true) {
    const webhook = await read(id);
    if (condition(webhook)) return webhook;
    await sleep(20);
  }
}

async function note(
  action: 'group.created' | 'group.updated' | 'number.created',
  count = 1,
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await organization.context((ctx) =>
    appendAuditEvents(
      ctx,
      ids.map((id) => ({ action, target: { kind: 'group', id, name: 'Support' } })),
    ),
  );
  return ids;
}

const targets = () => receiver.received.map(({ body }) => JSON.parse(body).data.target.id);

test('events arrive once, in order, signed, and only those asked for, with two nodes at work', async () => {
  const { id, secret } = await addWebhook();
  await note('number.created');
  const ids = [...(await note('group.created', 20)), ...(await note('group.updated', 3))];
  await receiver.until(23);
  await until(id, (webhook) => webhook.behind === 0);
  expect(targets()).toEqual(ids);
  for (const { headers, body } of receiver.received) {
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    expect(headers).toMatchObject(signWebhook(secret!, headers['webhook-id'] as string, at, body));
    expect(JSON.parse(body)).toMatchObject({
      type: expect.stringMatching(/^group\./),
      data: { seq: expect.any(Number) },
    });
  }
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(23);
  expect(await read(id)).toMatchObject({
    status: 'working',
    lastError: null,
    lastSuccessAt: expect.any(String),
  });
});

test('a receiver that fails gets everything later, in order, and its state is told meanwhile', async () => {
  const { id } = await addWebhook();
  receiver.answer = { status: 500 };
  const [first, second] = await note('group.created', 2);
  const failing = await until(id, (webhook) => webhook.status === 'failing');
  expect(failing).toMatchObject({
    attempts: 1,
    lastError: 'The receiver answered 500.',
    nextAttemptAt: expect.any(String),
  });
  receiver.answer = { status: 200 };
  harness.clock.now = new Date(harness.clock.now.getTime() + 10_000);
  await receiver.until(3);
  const working = await until(id, (webhook) => webhook.behind === 0);
  expect(working).toMatchObject({ status: 'working', failingSince: null, attempts: 0, nextAttemptAt: null });
  expect(targets()).toEqual([first, first, second]);
  expect(receiver.received[0]!.headers['webhook-id']).toBe(receiver.received[1]!.headers['webhook-id']);
});

test('one that fails for three days is given up with a warning, and goes on from its place when switched on', async () => {
  const { id } = await addWebhook();
  receiver.answer = { status: 503 };
  const [target] = await note('group.created');
  await until(id, (webhook) => webhook.status === 'failing');
  const before = harness.clock.now;
  harness.clock.now = new Date(before.getTime() + 73 * 3_600_000);
  await organization.context((ctx) =>
    ctx.tx.updateTable('sessions').set({ last_seen_at: ctx.now }).where('ended_at', 'is', null).execute(),
  );
  await until(id, (webhook) => webhook.status === 'given_up');
  const log = await organization.administrator.request('GET', '/api/v1/audit?action=webhook.given_up');
  expect(log.json().items).toMatchObject([{ actor: { kind: 'system' }, target: { id } }]);
  receiver.answer = { status: 200 };
  receiver.received = [];
  await organization.administrator.request('PATCH', `/api/v1/webhooks/${id}`, { enabled: true });
  await receiver.until(1);
  expect(targets()).toEqual([target]);
  harness.clock.now = before;
});

test('410 and redirects: the one gives up at once, the other is not followed', async () => {
  const other = await startWebhookReceiver();
  receiver.answer = { status: 302, location: other.url };
  const { id } = await addWebhook();
  await note('group.created');
  await until(id, (webhook) => webhook.lastError === 'The receiver answered 302.');
  expect(other.received).toEqual([]);
  other.stop();
  receiver.answer = { status: 410 };
  harness.clock.now = new Date(harness.clock.now.getTime() + 10_000);
  await until(id, (webhook) => webhook.status === 'given_up');
});

test('what was delivered can be delivered again, from a place or one event', async () => {
  const { id } = await addWebhook();
  const ids = await note('group.created', 3);
  await receiver.until(3);
  const { position } = await until(id, (webhook) => webhook.behind === 0);
  const replayed = await organization.administrator.request('POST', `/api/v1/webhooks/${id}/replay`, {
    afterSeq: position - 2,
  });
  expect(replayed.statusCode).toBe(202);
  await receiver.until(5);
  expect(targets().slice(3)).toEqual(ids.slice(1));
  const eventId = receiver.received[0]!.headers['webhook-id'] as string;
  const one = await organization.administrator.request('POST', `/api/v1/webhooks/${id}/replay`, { eventId });
  expect(one.statusCode).toBe(202);
  const { rows } = await harness.deps.db.pool.query(
    `select data from pgboss.job where name = 'deliver-webhook' order by created_on desc limit 1`,
  );
  await deliverAgain(rows[0].data as never);
  expect(targets().at(-1)).toBe(ids[0]);
  for (const [payload, status] of [
    [{ afterSeq: 1_000_000 }, 422],
    [{ eventId: newId() }, 404],
    [{ afterSeq: 1, eventId }, 422],
  ] as const)
    expect(
      (await organization.administrator.request('POST', `/api/v1/webhooks/${id}/replay`, payload)).statusCode,
    ).toBe(status);
});

test('a test message says at once what came of it', async () => {
  const { id } = await addWebhook();
  const test = () => organization.administrator.request('POST', `/api/v1/webhooks/${id}/test`);
  expect((await test()).json()).toEqual({ delivered: true, error: null });
  expect(JSON.parse(receiver.received[0]!.body).type).toBe('rollcall.test');
  receiver.stop();
  expect((await test()).json()).toEqual({ delivered: false, error: 'The receiver refused the connection.' });
});

test('a name that has come to lead to a private address since is refused when connecting', async () => {
  const { id } = await addWebhook();
  // 127.0.0.1 is opened here and no other address of the machine.
  await harness.deps.db.pool.query('update webhooks set url = $1 where id = $2', [
    'https://127.0.0.2:1/x',
    id,
  ]);
  await note('group.created');
  const webhook = await until(id, (one) => one.status === 'failing');
  expect(webhook.lastError).toContain('private or reserved');
  await harness.deps.db.pool.query('delete from webhooks where id = $1', [id]);
});

test('a syslog collector gets the same events by the same engine', async () => {
  let text = '';
  const collector = net.createServer((socket) =>
    socket.setEncoding('utf8').on('data', (part) => (text += part)),
  );
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const { id, secret } = await addWebhook({ url: `syslog+tcp://127.0.0.1:${port}` });
  expect(secret).toBeNull();
  const ids = await note('group.created', 3);
  await until(id, (webhook) => webhook.behind === 0 && text.includes(ids[2]!));
  expect([...text.matchAll(/"target":\{"kind":"group","id":"([^"]+)"/g)].map((match) => match[1])).toEqual(
    ids,
  );
  expect(text).toMatch(
    /^\d+ <109>1 \S+ 127\.0\.0\.1 rollcall - group\.created \[rollcall@32473 id="[^"]+" seq="\d+"\] /,
  );
  expect(await read(id)).toMatchObject({ kind: 'syslog', status: 'working' });
  collector.close();
});
