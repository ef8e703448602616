import { spawn } from 'node:child_process';
import type { Operation, OperationPreview } from '@rollcall/contract/operations';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type TestOrganization, useHarness } from '../../test/harness.ts';
import { runOperation } from './operations.workers.ts';

const harness = useHarness();

const start = (organization: TestOrganization, body: object) =>
  organization.administrator.request('POST', '/api/v1/operations', body);
const run = (organization: TestOrganization, operation: Operation) =>
  runOperation(harness.deps, { organizationId: organization.id, operationId: operation.id });
const read = async (organization: TestOrganization, id: string): Promise<Operation> =>
  (await organization.administrator.request('GET', `/api/v1/operations/${id}`)).json();
const rowsOf = async (organization: TestOrganization, id: string, query = '') =>
  (await organization.administrator.request('GET', `/api/v1/operations/${id}/rows${query}`)).json().items;

async function addGroup(organization: TestOrganization, name = 'Support'): Promise<string> {
  return (await organization.administrator.request('POST', '/api/v1/groups', { name })).json().id;
}

/** Many users at once, without sessions. */
async function addUsers(organization: TestOrganization, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  await organization.context((ctx) =>
    sql`insert into users (organization_id, id, sign_in_name, sign_in_key, first_name, last_name, status, accepted_at)
      select ${organization.id}::uuid, id, id::text, id::text, 'Bulk', n::text, 'active', rollcall_now()
      from unnest(${ids}::uuid[]) with ordinality as u(id, n)`.execute(ctx.tx),
  );
  return ids;
}

test('previews each row by the code that will run, changes nothing, and runs what was confirmed', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const users = [await organization.addUser(), await organization.addUser()];
  await organization.administrator.request('POST', `/api/v1/groups/${groupId}/members`, {
    add: [users[0]!.id],
  });
  const body = {
    kind: 'add_to_group',
    parameters: { groupId },
    selection: { userIds: users.map((user) => user.id) },
  };
  const previewed = await start(organization, { ...body, preview: true });
  expect(previewed.statusCode, previewed.body).toBe(200);
  const preview: OperationPreview = previewed.json();
  expect(preview).toMatchObject({ total: 2, changed: 1, unchanged: 1, failed: 0 });
  const members = async () =>
    (await organization.administrator.request('GET', `/api/v1/groups/${groupId}`)).json().memberCount;
  expect(await members()).toBe(1);
  const started = await start(organization, { ...body, digest: preview.digest });
  expect(started.statusCode, started.body).toBe(201);
  const operation: Operation = started.json();
  expect(started.headers.location).toBe(`/api/v1/operations/${operation.id}`);
  expect(operation).toMatchObject({ state: 'queued', total: 2, done: 0, requestedBy: { name: 'Ada Admin' } });
  await run(organization, operation);
  expect(await read(organization, operation.id)).toMatchObject({
    state: 'finished',
    done: 2,
    changed: 1,
    unchanged: 1,
    failed: 0,
  });
  expect(await members()).toBe(2);
  await run(organization, operation);
  expect(await read(organization, operation.id)).toMatchObject({ done: 2, changed: 1 });
});

test('names the groups that would be left without an available member', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const selection = { userIds: [(await organization.addUser()).id] };
  await organization.administrator.request('POST', `/api/v1/groups/${groupId}/members`, {
    add: selection.userIds,
  });
  for (const body of [{ kind: 'remove_from_group', parameters: { groupId } }, { kind: 'deactivate' }]) {
    const preview = await start(organization, { ...body, selection, preview: true });
    expect(preview.json().warnings, preview.body).toMatchObject([{ code: 'group_without_available_member' }]);
  }
});

test('refuses to run when what would happen has drifted from the preview', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const user = await organization.addUser();
  const body = { kind: 'add_to_group', parameters: { groupId }, selection: { userIds: [user.id] } };
  const { digest } = (await start(organization, { ...body, preview: true })).json();
  await organization.administrator.request('POST', `/api/v1/groups/${groupId}/members`, { add: [user.id] });
  const refused = await start(organization, { ...body, digest });
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({ code: 'preview_drifted', context: { current: { unchanged: 1 } } });
  expect((await organization.administrator.request('GET', '/api/v1/operations')).json().items).toEqual([]);
});

test('a bulk that includes all administrators keeps one, and everybody else goes', async () => {
  const organization = await harness.createOrganization();
  const administrators = [organization.administrator];
  for (let i = 0; i < 2; i++) administrators.push(await organization.addUser({ role: 'administrator' }));
  const agents = [await organization.addUser(), await organization.addUser()];
  const userIds = [...administrators, ...agents].map((user) => user.id);
  const body = { kind: 'deactivate', selection: { userIds }, reason: 'Closing down' };
  const preview: OperationPreview = (await start(organization, { ...body, preview: true })).json();
  expect(preview).toMatchObject({ total: 5, changed: 4, failed: 1 });
  expect(preview.rows[0]).toMatchObject({ outcome: 'failed', error: { code: 'last_administrator' } });
  const operation: Operation = (await start(organization, { ...body, digest: preview.digest })).json();
  await run(organization, operation);
  const { rows } = await organization.context((ctx) =>
    sql<{
      id: string;
    }>`select id from users where organization_id = ${organization.id} and status = 'active'`.execute(ctx.tx),
  );
  expect(rows.map((row) => row.id)).toEqual([userIds.slice(0, 3).sort().at(-1)]);
  const { rows: records } = await organization.context((ctx) =>
    sql<{ reason: string; by_kind: string; by_name: string }>`
      select reason, by_kind, by_name from off_boardings where organization_id = ${organization.id}`.execute(
      ctx.tx,
    ),
  );
  expect(records).toHaveLength(4);
  for (const record of records)
    expect(record).toEqual({ reason: 'Closing down', by_kind: 'import', by_name: 'Ada Admin' });
});

test('goes on exactly where a killed process has left it', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const userIds = await addUsers(organization, 4000);
  const { id }: Operation = (
    await start(organization, { kind: 'add_to_group', parameters: { groupId }, selection: { userIds } })
  ).json();
  const here = JSON.stringify(import.meta.dirname);
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { openDatabase } = await import(${here} + '/../../db/open-database.ts');
       const { runOperation } = await import(${here} + '/operations.workers.ts');
       const db = openDatabase(process.env.URL);
       await runOperation({ db, clock: () => new Date(), installation: {} }, { organizationId: '${organization.id}', operationId: '${id}' });`,
    ],
    { env: { ...process.env, URL: harness.databaseUrl }, stdio: 'inherit' },
  );
  const exited = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  for (let done = 0; done < 500; ) done = (await read(organization, id)).done;
  child.kill('SIGKILL');
  expect(await exited).toBe('SIGKILL');
  const { done } = await read(organization, id);
  expect(done % 500).toBe(0);
  // The database may still be rolling the dead process's last chunk back.
  while ((await read(organization, id)).state !== 'finished') {
    await runOperation(harness.deps, { organizationId: organization.id, operationId: id });
  }
  expect(await read(organization, id)).toMatchObject({
    state: 'finished',
    done: 4000,
    changed: 4000,
    unchanged: 0,
  });
  const { rows } = await organization.context((ctx) =>
    sql<{
      count: number;
    }>`select count(*) from audit_events where organization_id = ${organization.id} and action = 'group.member_added'`.execute(
      ctx.tx,
    ),
  );
  expect(rows[0]!.count).toBe(4000);
});

test('two processes at one operation do each row once', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const userIds = await addUsers(organization, 1500);
  const operation: Operation = (
    await start(organization, { kind: 'add_to_group', parameters: { groupId }, selection: { userIds } })
  ).json();
  await Promise.all([
    run(organization, operation),
    run(organization, operation),
    run(organization, operation),
  ]);
  expect(await read(organization, operation.id)).toMatchObject({
    state: 'finished',
    done: 1500,
    changed: 1500,
  });
});

test('stops when its requester has been deactivated, and runs with what they may do now', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const user = await organization.addUser();
  const second = await organization.addUser({ role: 'administrator', firstName: 'Sam', lastName: 'Second' });
  const body = { kind: 'add_to_group', parameters: { groupId }, selection: { userIds: [user.id] } };
  const first: Operation = (await second.request('POST', '/api/v1/operations', body)).json();
  const other: Operation = (await second.request('POST', '/api/v1/operations', body)).json();
  const setRole = (role: string) =>
    organization.context((ctx) =>
      sql`update role_assignments set role_id = ${role} where organization_id = ${organization.id} and user_id = ${second.id}`.execute(
        ctx.tx,
      ),
    );
  await setRole(organization.roles.agent);
  await run(organization, first);
  expect(await read(organization, first.id)).toMatchObject({ state: 'stopped', done: 0 });
  expect((await read(organization, first.id)).stopReason).toContain('groups:manage');
  await setRole(organization.roles.administrator);
  await organization.administrator.request('POST', `/api/v1/users/${second.id}/deactivate`, {});
  await run(organization, other);
  expect(await read(organization, other.id)).toMatchObject({
    state: 'stopped',
    stopReason: 'Sam Second may no longer act here.',
  });
  expect(await rowsOf(organization, other.id)).toMatchObject([{ userId: user.id, outcome: 'skipped' }]);
});

test('cancels before it has begun, and not what has ended', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const user = await organization.addUser();
  const operation: Operation = (
    await start(organization, {
      kind: 'add_to_group',
      parameters: { groupId },
      selection: { userIds: [user.id] },
    })
  ).json();
  const cancel = () =>
    organization.administrator.request('POST', `/api/v1/operations/${operation.id}/cancel`);
  expect((await cancel()).json().cancelRequestedAt).not.toBeNull();
  await run(organization, operation);
  expect(await read(organization, operation.id)).toMatchObject({ state: 'cancelled', changed: 0 });
  expect((await cancel()).json().code).toBe('wrong_status');
});

test('changes roles and brings back by a filter, reports the rows that failed, also as CSV', async () => {
  const organization = await harness.createOrganization();
  const users = [await organization.addUser(), await organization.addUser()];
  const deactivate: Operation = (
    await start(organization, { kind: 'deactivate', selection: { userIds: users.map((user) => user.id) } })
  ).json();
  await run(organization, deactivate);
  const reactivate: Operation = (
    await start(organization, {
      kind: 'reactivate',
      parameters: { role: 'agent' },
      selection: { filter: { status: ['inactive'] } },
    })
  ).json();
  expect(reactivate.total).toBe(2);
  await run(organization, reactivate);
  expect(await read(organization, reactivate.id)).toMatchObject({ state: 'finished', changed: 2 });
  const demote: Operation = (
    await start(organization, {
      kind: 'change_role',
      parameters: { role: 'agent' },
      selection: { filter: {} },
    })
  ).json();
  await run(organization, demote);
  expect(await read(organization, demote.id)).toMatchObject({ changed: 0, unchanged: 2, failed: 1 });
  expect(await rowsOf(organization, demote.id, '?outcome=failed')).toMatchObject([
    { userId: organization.administrator.id, error: { code: 'last_administrator' } },
  ]);
  const csv = await organization.administrator.request('GET', `/api/v1/operations/${demote.id}/rows/export`);
  expect(csv.body).toContain('last_administrator');
  const resend: Operation = (
    await start(organization, { kind: 'resend_invitation', selection: { userIds: [users[0]!.id] } })
  ).json();
  await run(organization, resend);
  expect(await rowsOf(organization, resend.id)).toMatchObject([
    { outcome: 'failed', error: { code: 'wrong_status' } },
  ]);
});

test('refuses bad input before anything is queued', async () => {
  const organization = await harness.createOrganization();
  const other = await harness.createOrganization('Other');
  const groupId = await addGroup(organization);
  const user = await organization.addUser();
  const selection = { userIds: [user.id] };
  const cases: [object, string][] = [
    [
      { kind: 'add_to_group', parameters: { groupId: await addGroup(other) }, selection },
      'parameters.groupId',
    ],
    [
      { kind: 'add_to_group', parameters: { groupId }, selection: { userIds: [other.administrator.id] } },
      'selection.userIds.0',
    ],
    [{ kind: 'change_role', parameters: { role: other.roles.agent }, selection }, 'parameters.role'],
    [{ kind: 'deactivate', parameters: { successorId: user.id }, selection }, 'parameters.successorId'],
    [{ kind: 'deactivate', selection: { filter: { search: 'nobody is called so' } } }, 'selection.filter'],
  ];
  for (const [body, field] of cases) {
    for (const preview of [true, false]) {
      const refused = await start(organization, { ...body, preview });
      expect(refused.statusCode, refused.body).toBe(422);
      expect(refused.json().errors[0].field).toBe(field);
    }
  }
  await organization.context((ctx) =>
    sql`update organizations set reason_required = true where id = ${organization.id}`.execute(ctx.tx),
  );
  expect((await start(organization, { kind: 'deactivate', selection })).json().code).toBe('reason_required');
  expect((await start(organization, { kind: 'deactivate', selection, preview: true })).statusCode).toBe(200);
  expect((await organization.administrator.request('GET', '/api/v1/operations')).json().items).toEqual([]);
});

test('answers 401 signed out, 403 to an agent, 404 to another organization', async () => {
  const organization = await harness.createOrganization();
  const other = await harness.createOrganization('Other');
  const agent = await organization.addUser();
  const body = {
    kind: 'add_to_group',
    parameters: { groupId: await addGroup(organization) },
    selection: { userIds: [agent.id] },
  };
  const { id }: Operation = (await start(organization, body)).json();
  const routes = [
    ['POST', '/api/v1/operations', body],
    ['POST', '/api/v1/operations', { ...body, preview: true }],
    ['GET', '/api/v1/operations', undefined],
    ['GET', `/api/v1/operations/${id}`, undefined],
    ['GET', `/api/v1/operations/${id}/rows`, undefined],
    ['GET', `/api/v1/operations/${id}/rows/export`, undefined],
    ['POST', `/api/v1/operations/${id}/cancel`, undefined],
  ] as const;
  for (const [method, url, payload] of routes) {
    expect((await harness.inject({ method, url, ...(payload ? { payload } : {}) })).statusCode, url).toBe(
      401,
    );
    expect((await agent.request(method, url, payload)).statusCode, url).toBe(403);
    if (url.includes(id))
      expect((await other.administrator.request(method, url, payload)).statusCode, url).toBe(404);
  }
});
