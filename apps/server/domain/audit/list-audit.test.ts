import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { TestOrganization } from '../../test/harness.ts';
import { useHarness } from '../../test/harness.ts';
import { sealEverything } from '../../test/seal-everything.ts';
import { appendAuditEvents } from './append-audit-events.ts';

const harness = useHarness();

function note(organization: TestOrganization, count: number): Promise<void> {
  return organization.context((ctx) =>
    appendAuditEvents(
      { ...ctx, reason: 'Ticket 42' },
      Array.from({ length: count }, (_, n) => ({
        action: n % 2 ? ('group.updated' as const) : ('group.created' as const),
        target: { kind: 'group' as const, id: '01890000-0000-7000-8000-000000000001', name: `=Größe ${n}` },
        before: { name: 'before' },
        after: { name: `=Größe ${n}` },
      })),
    ),
  );
}

test('the log is paged from the newest on, without a gap and without a repetition', async () => {
  const organization = await harness.createOrganization();
  await note(organization, 25);
  await sealEverything(harness, organization.id);
  const seen: { id: string; seq: number; occurredAt: string }[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const url: string = `/api/v1/audit?limit=10${cursor ? `&cursor=${cursor}` : ''}`;
    const response = await organization.administrator.request('GET', url);
    expect(response.statusCode).toBe(200);
    seen.push(...response.json().items);
    cursor = response.json().nextCursor;
  }
  expect(seen.length).toBeGreaterThan(25);
  expect(new Set(seen.map((event) => event.id)).size).toBe(seen.length);
  const times = seen.map((event) => event.occurredAt);
  expect(times).toEqual([...times].sort().reverse());
  expect(seen.every((event) => event.seq > 0)).toBe(true);
});

test('an event tells who, what, before and after, why and from where', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const response = await administrator.request('POST', '/api/v1/webhooks', {
    name: 'SIEM',
    url: 'syslog+tls://1.1.1.1:6514',
  });
  const { items } = (await administrator.request('GET', `/api/v1/audit?target=${response.json().id}`)).json();
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    action: 'webhook.created',
    actor: { kind: 'user', id: administrator.id, name: 'Ada Admin' },
    target: { kind: 'webhook', id: response.json().id, name: 'SIEM' },
    after: { name: 'SIEM' },
    before: null,
    ip: '127.0.0.1',
    requestId: response.headers['x-request-id'],
  });
  const one = await administrator.request('GET', `/api/v1/audit/${items[0].id}`);
  expect(one.json()).toEqual({ ...items[0], seq: one.json().seq, hash: one.json().hash });
});

test('filters by actor, target, actions, kind, time and text', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  await note(organization, 4);
  const count = async (query: string) =>
    (await administrator.request('GET', `/api/v1/audit?${query}`)).json().items.length;
  expect(await count('action=group.created')).toBe(2);
  expect(await count('action=group.created&action=group.updated')).toBe(4);
  expect(await count('target=01890000-0000-7000-8000-000000000001&action=group.updated')).toBe(2);
  expect(await count('kind=group')).toBe(4);
  expect(await count('actorKind=system&kind=group')).toBe(4);
  expect(await count(`actor=${administrator.id}`)).toBe(0);
  expect(await count('text=gR%C3%B6%C3%9FE%202')).toBe(1);
  expect(await count('text=ticket%2042')).toBe(4);
  expect(await count('text=%25')).toBe(0);
  const later = new Date(harness.clock.now.getTime() + 60_000).toISOString();
  expect(await count(`kind=group&from=${later}`)).toBe(0);
  expect(await count(`kind=group&to=${later}`)).toBe(4);
  for (const query of ['action=no.such', 'from=yesterday', 'color=red', 'limit=0', 'actor=x'])
    expect((await administrator.request('GET', `/api/v1/audit?${query}`)).statusCode).toBe(422);
  expect((await administrator.request('GET', '/api/v1/audit?cursor=abc')).json().code).toBe('invalid_cursor');
});

test('the log is exported as CSV safe against formulas and as JSON lines, and that is in the log', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  await note(organization, 1_200);
  const csv = await administrator.request('GET', '/api/v1/audit/export?format=csv&kind=group');
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.headers['content-disposition']).toMatch(/attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"/);
  const rows: Record<string, string>[] = parse(csv.body, { columns: true, bom: true });
  expect(rows).toHaveLength(1_200);
  expect(rows[0]!.target).toMatch(/^'=Größe/);
  const lines = await administrator.request('GET', '/api/v1/audit/export?format=jsonl&kind=group');
  expect(
    lines.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).target.name),
  ).toHaveLength(1_200);
  const { items } = (await administrator.request('GET', '/api/v1/audit?action=export.created')).json();
  expect(items).toMatchObject([
    {
      actor: { id: administrator.id },
      after: { list: 'audit', format: 'jsonl', filters: { kind: 'group' } },
    },
    { after: { format: 'csv' } },
  ]);
});

test('signed out, agents and other organizations see nothing of it', async () => {
  const organization = await harness.createOrganization();
  const agent = await organization.addUser();
  const stranger = (await harness.createOrganization()).administrator;
  const { items } = (await organization.administrator.request('GET', '/api/v1/audit')).json();
  for (const url of [
    '/api/v1/audit',
    `/api/v1/audit/${items[0].id}`,
    '/api/v1/audit/export?format=csv',
    '/api/v1/audit/checkpoint',
  ]) {
    expect((await harness.inject({ url })).statusCode).toBe(401);
    expect((await agent.request('GET', url)).statusCode).toBe(403);
  }
  expect((await stranger.request('GET', `/api/v1/audit/${items[0].id}`)).statusCode).toBe(404);
  const foreign = await stranger.request('GET', '/api/v1/audit/export?format=jsonl');
  expect(foreign.body).not.toContain(organization.id);
  const crossed = await stranger.request('GET', `/api/v1/audit?actor=${organization.administrator.id}`);
  expect(crossed.json().items).toEqual([]);
});
