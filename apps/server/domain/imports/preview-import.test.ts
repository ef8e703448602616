import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';
import { importOf, upload } from '../../test/import-file.ts';

const harness = useHarness();
const header = 'firstName,lastName,email,role,groups,extension,externalId,status\r\n';

test('every row that cannot be taken is refused with its column, value and remedy, and hinders none of the others', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  await addUser({ signInName: 'Taken@example.com' });
  const file = importOf(harness, administrator);
  await file.upload(
    `${header}Ada,Lovelace,ada@example.com,Agent,,1500,,\r\n` +
      'Bo,Bad,no-address,,,,,\r\n' +
      'Cy,Role,cy@example.com,Emperor,,,,\r\n' +
      'Di,Group,di@example.com,,Nowhere,,,\r\n' +
      'Ed,Range,ed@example.com,,,99,,\r\n' +
      'Al,Twin,ADA@example.com,,,,,\r\n' +
      'Fi,Ext,fi@example.com,,,1500,,\r\n' +
      'Gi,Out,gi@example.com,,,77777,,\r\n' +
      '=cmd(),Formula,hi@example.com,,,,,\r\n' +
      'Ti,Taken,TAKEN@example.com,,,,,\r\n' +
      ',Nameless,jo@example.com,,,,,\r\n' +
      'Ok,Okay,ok@example.com,,,,,\r\n',
    { mode: 'create' },
  );
  const view = await file.preview();
  expect(view.counts).toEqual({ create: 2, change: 0, unchanged: 0, deactivate: 0, refused: 10 });
  const refused = await file.rows('&kind=refused');
  const found = refused.map(({ row, errors }) => [row, errors[0]!.code, errors[0]!.column, errors[0]!.value]);
  expect(found).toEqual([
    [2, 'invalid_value', 'email', 'no-address'],
    [3, 'unknown_role', 'role', 'Emperor'],
    [4, 'unknown_group', 'groups', 'Nowhere'],
    [5, 'invalid_value', 'extension', '99'],
    [6, 'duplicate_row', 'email', 'ADA@example.com'],
    [7, 'duplicate_row', 'extension', '1500'],
    [8, 'invalid_input', 'extension', '77777'],
    [9, 'formula', 'firstName', '=cmd()'],
    [10, 'duplicate_sign_in_name', 'email', 'TAKEN@example.com'],
    [11, 'missing_value', 'firstName', ''],
  ]);
  for (const { errors } of refused) expect(errors[0]!.message.length).toBeGreaterThan(10);
  const applied = await file.apply();
  expect(applied.applied).toEqual({ done: 2, refused: 0 });
  const csv = (await file.request('GET', '/refused.csv')).body;
  expect(csv.split('\r\n')[0]).toBe(
    '\ufefffirstName,lastName,email,role,groups,extension,externalId,status,Rollcall: what to correct',
  );
  expect(csv).toContain('Cy,Role,cy@example.com,Emperor');
  const again = await upload(harness, administrator, csv.replace('Emperor', 'Agent'));
  expect(again.json()).toMatchObject({ rowCount: 10, mappingFaults: [], recognition: { unknown: [] } });
});

test('people who are there are found by external id, then by sign-in name, and changed field by field', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const ada = await addUser({ signInName: 'ada@example.com', firstName: 'Ada', lastName: 'Byron' });
  const file = importOf(harness, administrator);
  await file.upload(
    'firstName,lastName,email,externalId,department\r\nAda,Lovelace,ADA@example.com,00u1,Engines\r\n',
  );
  expect((await file.preview()).counts).toMatchObject({ change: 1 });
  expect((await file.rows())[0]).toMatchObject({
    userId: ada.id,
    changes: [
      { field: 'lastName', before: 'Byron', after: 'Lovelace' },
      { field: 'department', before: null, after: 'Engines' },
      { field: 'externalId', before: null, after: '00u1' },
    ],
  });
  await file.apply();
  const renamed = importOf(harness, administrator);
  await renamed.upload('email,externalId\r\nlovelace@example.com,00u1\r\n');
  await renamed.preview();
  expect((await renamed.rows())[0]!.changes.map(({ field }) => field)).toEqual(['email', 'signInName']);
  const same = importOf(harness, administrator);
  await same.upload('email,department\r\nADA@EXAMPLE.COM,Engines\r\n');
  expect((await same.preview()).counts).toMatchObject({ unchanged: 1, change: 0 });
});

test('what has drifted since the preview is refused and shown, and the rest is done', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const [ada, alan] = [
    await addUser({ signInName: 'ada@example.com', firstName: 'Ada' }),
    await addUser({ signInName: 'alan@example.com', firstName: 'Alan' }),
  ];
  const file = importOf(harness, administrator);
  await file.upload('email,department\r\nada@example.com,Engines\r\nalan@example.com,Codes\r\n');
  const { digest } = await file.preview();
  await administrator.request(
    'PATCH',
    `/api/v1/users/${ada.id}`,
    { department: 'Poetry' },
    { 'if-match': '"v1"' },
  );
  const applied = await file.apply();
  expect(applied.applied).toEqual({ done: 1, refused: 1 });
  expect((await file.rows('&outcome=refused'))[0]!.errors[0]!.code).toBe('preview_drifted');
  const department = async (id: string) =>
    (await administrator.request('GET', `/api/v1/users/${id}`)).json().department;
  expect([await department(ada.id), await department(alan.id)]).toEqual(['Poetry', 'Codes']);
  const other = importOf(harness, administrator);
  await other.upload('email,department\r\nada@example.com,Engines\r\n');
  await other.preview();
  expect((await other.request('POST', '/apply', { digest })).json().code).toBe('preview_drifted');
});

test('an empty or truncated file is never read as everybody having left', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  for (let n = 0; n < 4; n += 1) await addUser({ signInName: `stays${n}@example.com` });
  const nothing = await upload(harness, administrator, 'email\r\n');
  expect(nothing.json()).toMatchObject({ status: 422, code: 'file_empty' });
  const file = importOf(harness, administrator);
  await file.upload(`email\r\n${administrator.signInName}\r\nstays0@example.com\r\n`);
  expect((await file.preview()).counts).toMatchObject({ deactivate: 0, unchanged: 2 });
  await file.request('PATCH', '', { options: { missing: 'deactivate' } });
  const view = await file.preview();
  expect(view).toMatchObject({ counts: { deactivate: 3 }, confirmationNeeded: { deactivations: 3, of: 5 } });
  expect(
    (await file.rows('&kind=deactivate')).map(({ signInName, row }) => [signInName, row]).sort(),
  ).toEqual([
    ['stays1@example.com', null],
    ['stays2@example.com', null],
    ['stays3@example.com', null],
  ]);
  const { digest } = view;
  for (const confirmDeactivations of [undefined, 2]) {
    const refused = await file.request('POST', '/apply', {
      digest,
      ...(confirmDeactivations ? { confirmDeactivations } : {}),
    });
    expect(refused.json()).toMatchObject({ status: 409, code: 'deactivations_not_confirmed' });
  }
  expect((await file.apply({ confirmDeactivations: 3 })).applied).toEqual({ done: 3, refused: 0 });
  const broken = importOf(harness, administrator);
  await broken.upload(`email\r\n${administrator.signInName}\r\nnobody knows\r\n`, { missing: 'deactivate' });
  expect((await broken.preview()).counts).toMatchObject({ deactivate: 0 });
});

test('a file cannot take the last administrator away, not in two rows either, nor who imports it', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const second = await addUser({ role: 'administrator', signInName: 'second@example.com' });
  const file = importOf(harness, administrator);
  await file.upload(
    `email,role,status\r\n${administrator.signInName},Agent,\r\nsecond@example.com,,inactive\r\n`,
    { status: 'deactivate' },
  );
  await file.preview();
  expect((await file.rows()).map(({ kind, errors }) => [kind, errors[0]?.code])).toEqual([
    ['refused', 'own_access'],
    ['deactivate', undefined],
  ]);
  const { digest } = await file.view();
  await file.request('POST', '/apply', { digest, confirmDeactivations: 1 });
  // Meanwhile the other one demotes the importer: the job asks anew for their rights, and finds none.
  const demoted = await second.request('PUT', `/api/v1/users/${administrator.id}/role`, { role: 'agent' });
  expect(demoted.statusCode).toBe(200);
  await file.run();
  expect((await second.request('GET', '/api/v1/me')).statusCode).toBe(200);
  const rows = (await second.request('GET', `/api/v1/imports/${file.id}/rows?outcome=refused`)).json().items;
  expect(rows.map(({ errors }: { errors: { code: string }[] }) => errors[0]!.code)).toEqual([
    'own_access',
    'forbidden',
  ]);
});

test('who may not add agents may not import; another organization sees nothing; nobody signed out does', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const agent = await addUser();
  expect((await upload(harness, agent, 'email\r\na@example.com\r\n')).statusCode).toBe(403);
  const file = importOf(harness, administrator);
  await file.upload('email,firstName,lastName\r\na@example.com,A,B\r\n');
  const other = await harness.createOrganization();
  for (const path of ['', '/rows', '/preview.csv', '/refused.csv']) {
    const url = `/api/v1/imports/${file.id}${path}`;
    expect((await other.administrator.request('GET', url)).statusCode).toBe(404);
    expect((await agent.request('GET', url)).statusCode).toBe(403);
    expect((await harness.inject({ url })).statusCode).toBe(401);
  }
  for (const path of ['/preview', '/apply', '/undo']) {
    const url = `/api/v1/imports/${file.id}${path}`;
    const body = path === '/apply' ? { digest: 'x' } : {};
    expect((await other.administrator.request('POST', url, body)).statusCode).toBe(404);
    expect((await harness.inject({ method: 'POST', url, payload: body })).statusCode).toBe(401);
  }
});

test('files that are no table, that are ambiguous or whose headers say nothing are refused with what to do', async () => {
  const { administrator } = await harness.createOrganization();
  const code = async (file: string | Buffer, query = '') =>
    (await upload(harness, administrator, file, query)).json();
  expect(await code('')).toMatchObject({ code: 'file_empty' });
  expect(await code(Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]))).toMatchObject({
    code: 'file_not_readable',
  });
  const latin = Buffer.from('email,firstName,lastName\r\na@example.com,J\xfcrgen,M\xe4rz\r\n', 'latin1');
  const ambiguous = await code(latin);
  expect(ambiguous).toMatchObject({
    code: 'encoding_ambiguous',
    context: { condition: { candidates: expect.any(Array) } },
  });
  expect(await code(latin, '?encoding=windows-1252')).toMatchObject({
    encoding: 'windows-1252',
    sampleRows: [['a@example.com', 'Jürgen', 'März']],
  });
  const file = importOf(harness, administrator);
  const view = await file.upload('foo,bar\r\n1,2\r\n');
  expect(view.recognition.unknown).toEqual(['foo', 'bar']);
  expect((await file.request('POST', '/preview')).json()).toMatchObject({
    status: 422,
    code: 'invalid_input',
    errors: [{ field: 'mapping' }],
  });
  expect((await file.request('PATCH', '', { mapping: { 7: 'email' } })).statusCode).toBe(422);
});

test('a manager who comes with the same file is given when all have come', async () => {
  const { administrator } = await harness.createOrganization();
  const file = importOf(harness, administrator);
  await file.upload(
    'firstName,lastName,email,manager\r\nA,A,a@example.com,b@example.com\r\nB,B,b@example.com,b@example.com\r\nC,C,c@example.com,nobody@example.com\r\n',
  );
  expect((await file.preview()).counts).toMatchObject({ create: 2, refused: 1 });
  await file.apply();
  const [a] = await file.rows();
  expect((await administrator.request('GET', `/api/v1/users/${a!.userId}`)).json().manager.name).toBe('B B');
});
