import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';
import { importOf } from '../../test/import-file.ts';

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
