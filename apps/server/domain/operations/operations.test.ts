import type { Operation, OperationPreview } from '@rollcall/contract/operations';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';
import { addGroup, operationsOn } from '../../test/operations.ts';

const harness = useHarness();
const { start, run, read, rowsOf } = operationsOn(harness);

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
