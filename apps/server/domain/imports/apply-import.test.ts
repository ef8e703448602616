import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';
import { importOf, upload } from '../../test/import-file.ts';

const harness = useHarness();

test('a file is previewed and applied: people are created, invited and put into groups', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const group = await administrator.request('POST', '/api/v1/groups', {
    name: 'Support',
    ringStrategy: 'random',
  });
  expect(group.statusCode).toBe(201);
  const file = importOf(harness, administrator);
  const uploaded = await file.upload(
    'First name;Last name;Email;Group;Phone;Favourite\r\nAda;Lovelace;ada@example.com;Support;+4930901820;tea\r\nAlan;Turing;alan@example.com;;;\r\n',
  );
  expect(uploaded.columns.map(({ column }) => column)).toEqual([
    'firstName',
    'lastName',
    'email',
    'groups',
    'phoneNumbers',
    null,
  ]);
  expect(uploaded.recognition.unknown).toEqual(['Favourite']);
  const previewed = await file.preview();
  expect(previewed).toMatchObject({
    state: 'previewed',
    counts: { create: 2, change: 0, unchanged: 0, deactivate: 0, refused: 0 },
    confirmationNeeded: null,
  });
  expect((await administrator.request('GET', '/api/v1/users/count')).json().count).toBe(1);
  const [ada] = await file.rows();
  expect(ada).toMatchObject({
    row: 1,
    line: 2,
    kind: 'create',
    outcome: 'pending',
    name: 'Ada Lovelace',
    errors: [],
  });
  expect(ada!.changes).toContainEqual({ field: 'groups', before: null, after: 'Support' });
  const applied = await file.apply();
  expect(applied).toMatchObject({ state: 'applied', applied: { done: 2, refused: 0 } });
  const users = (await administrator.request('GET', '/api/v1/users?search=lovelace')).json().items;
  expect(users).toMatchObject([
    { firstName: 'Ada', status: 'invited', groups: [{ name: 'Support' }], invitationState: 'queued' },
  ]);
  expect((await file.rows('&kind=create')).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
});

test('a file past the limit is refused with the limit told, and one upload with an Idempotency-Key is one import', async () => {
  const { administrator } = await harness.createOrganization();
  const huge = await upload(harness, administrator, Buffer.alloc(50 * 1024 * 1024 + 1, 'a'));
  expect(huge.json()).toMatchObject({
    status: 413,
    code: 'file_too_large',
    detail: expect.stringContaining('50 MB'),
  });
  const text = 'firstName,lastName,email\r\nAda,Lovelace,ada@example.com\r\n';
  const key = { 'idempotency-key': 'one upload' };
  const [first, second] = [
    await upload(harness, administrator, text, '', 'agents.csv', key),
    await upload(harness, administrator, text, '', 'agents.csv', key),
  ];
  expect(second.json().id).toBe(first.json().id);
  const other = await upload(harness, administrator, `${text}Bo,B,b@example.com\r\n`, '', 'agents.csv', key);
  expect(other.json().code).toBe('idempotency_key_reused');
  expect((await administrator.request('GET', '/api/v1/imports')).json().items).toHaveLength(1);
});

test('of two who apply at once one begins, and two workers at once do every row once', async () => {
  const organization = await harness.createOrganization();
  const file = importOf(harness, organization.administrator);
  const rows = Array.from({ length: 40 }, (_, n) => `First${n},Last${n},person${n}@example.com`);
  await file.upload(`firstName,lastName,email\r\n${rows.join('\r\n')}\r\n`);
  const { digest } = await file.preview();
  const answers = await Promise.all([1, 2].map(() => file.request('POST', '/apply', { digest })));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([202, 409]);
  await Promise.all([file.run(), file.run(), file.run()]);
  expect(await file.view()).toMatchObject({ state: 'applied', applied: { done: 40, refused: 0 } });
  expect((await organization.administrator.request('GET', '/api/v1/users/count')).json().count).toBe(41);
  const events = await organization.context(({ tx }) =>
    tx
      .selectFrom('audit_events')
      .select(['action', 'actor_kind', 'actor_id'])
      .where('action', 'in', ['user.created', 'import.started', 'import.finished'])
      .execute(),
  );
  expect(events.filter(({ action }) => action === 'user.created')).toHaveLength(40);
  expect(events.find(({ action }) => action === 'import.started')).toMatchObject({ actor_kind: 'user' });
  expect(events.find(({ action }) => action === 'user.created')).toMatchObject({
    actor_kind: 'import',
    actor_id: file.id,
  });
});

test('an extension that a row names is kept for it, though rows before it take any', async () => {
  const { administrator } = await harness.createOrganization();
  const file = importOf(harness, administrator);
  await file.upload('firstName,lastName,email,extension\r\nA,A,a@example.com,\r\nB,B,b@example.com,1000\r\n');
  await file.preview();
  expect((await file.apply()).applied).toEqual({ done: 2, refused: 0 });
  const { items } = (
    await administrator.request('GET', '/api/v1/users?search=example.com&sort=signInName')
  ).json();
  const extensions = items.map(({ signInName, extension }: { signInName: string; extension: string }) => [
    signInName,
    extension,
  ]);
  expect(Object.fromEntries(extensions)).toMatchObject({ 'a@example.com': '1001', 'b@example.com': '1000' });
});
