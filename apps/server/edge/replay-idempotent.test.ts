import { beforeAll, describe, expect, test } from 'vitest';
import { keyInput } from '../test/furnish-organization.ts';
import { type TestOrganization, useHarness } from '../test/harness.ts';

const harness = useHarness();
let organization: TestOrganization;
beforeAll(async () => {
  organization = await harness.createOrganization();
});

const post = (path: string, body: object | undefined, key: string, user = organization.administrator) =>
  user.request('POST', `/api/v1${path}`, body, { 'idempotency-key': key });

async function groupsNamed(name: string): Promise<number> {
  const response = await organization.administrator.request('GET', `/api/v1/groups?search=${name}`);
  return response.json().items.length;
}

async function eventsOf(action: string): Promise<number> {
  const response = await organization.administrator.request('GET', `/api/v1/audit?action=${action}`);
  return response.json().items.length;
}

test('the same request again gets the same answer, says so, and has one effect', async () => {
  const first = await post('/groups', { name: 'Twice' }, 'twice');
  const again = await post('/groups', { name: 'Twice' }, 'twice');
  expect(first.statusCode).toBe(201);
  expect(first.headers['idempotency-replayed']).toBeUndefined();
  expect(again.statusCode).toBe(201);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.headers.location).toBe(first.headers.location);
  expect(again.json()).toEqual(first.json());
  expect(await groupsNamed('Twice')).toBe(1);
});

test('eight at once are one', async () => {
  const before = await eventsOf('group.created');
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => post('/groups', { name: 'Crowd' }, 'crowd')),
  );
  expect(answers.map((answer) => answer.statusCode)).toEqual(Array(8).fill(201));
  expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
  expect(answers.filter((answer) => answer.headers['idempotency-replayed'] === 'true')).toHaveLength(7);
  expect(await groupsNamed('Crowd')).toBe(1);
  expect(await eventsOf('group.created')).toBe(before + 1);
});

test('eight at once with different bodies: one has its effect, the others are told', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => post('/groups', { name: `Race ${index}` }, 'race')),
  );
  const codes = answers.map((answer) => answer.json().code);
  expect(codes.filter((code) => code === undefined)).toHaveLength(1);
  expect(codes.filter((code) => code === 'idempotency_key_reused')).toHaveLength(7);
  expect(await groupsNamed('Race')).toBe(1);
});

test('a key that comes with another body, or to another path, is refused', async () => {
  await post('/groups', { name: 'Mine' }, 'mine');
  const body = await post('/groups', { name: 'Other' }, 'mine');
  expect(body.statusCode).toBe(422);
  expect(body.json()).toMatchObject({
    code: 'idempotency_key_reused',
    detail: expect.stringContaining('Use a new key'),
  });
  const path = await post('/saved-views', { name: 'Mine', query: '', columns: [] }, 'mine');
  expect(path.json().code).toBe('idempotency_key_reused');
  expect(await groupsNamed('Other')).toBe(0);
});

test('a key is its session’s own: somebody else’s request with it is theirs', async () => {
  const colleague = await organization.addUser({ role: 'administrator' });
  const first = await post('/groups', { name: 'Own one' }, 'shared');
  const second = await post('/groups', { name: 'Own two' }, 'shared', colleague);
  expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
  expect(second.headers['idempotency-replayed']).toBeUndefined();
});

describe('what is shown once', () => {
  test.each([
    ['/api-keys', () => keyInput(harness.clock.now), 'secret'],
    ['/webhooks', () => ({ name: 'Collector', url: 'https://1.1.1.1/hook' }), 'secret'],
  ])('POST %s is replayed without its secret, and keeps none', async (path, body, field) => {
    const input = body();
    const first = await post(path, input, path);
    const secret = first.json()[field];
    expect(secret).toBeTruthy();
    const again = await post(path, input, path);
    expect(again.json()).toEqual({ ...first.json(), [field]: null });
    const { rows } = await harness.deps.db.pool.query('select body::text as body from idempotency_keys');
    expect(rows.map((row) => row.body).join()).not.toContain(secret);
  });
});

test('a request that was refused may be corrected and sent again with its key', async () => {
  await post('/groups', { name: 'Taken' }, 'taken');
  expect((await post('/groups', { name: 'TAKEN' }, 'retry')).json().code).toBe('duplicate_group_name');
  const corrected = await post('/groups', { name: 'Free' }, 'retry');
  expect(corrected.statusCode).toBe(201);
  expect(corrected.headers['idempotency-replayed']).toBeUndefined();
});

test.each(['', 'k'.repeat(201)])('a key of no or too many characters is refused', async (key) => {
  const response = await post('/groups', { name: `Length ${key.length}` }, key);
  expect(response.statusCode).toBe(400);
  expect(response.json().code).toBe('malformed_request');
});
