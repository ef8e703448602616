import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type TestOrganization, useHarness } from '../../test/harness.ts';

const harness = useHarness();

async function addGroup(organization: TestOrganization, name: string, memberId?: string): Promise<string> {
  const id = newId();
  await organization.context(async ({ tx }) => {
    await sql`insert into groups (organization_id, id, name) values (${organization.id}, ${id}, ${name})`.execute(
      tx,
    );
    if (memberId)
      await sql`insert into group_members (organization_id, group_id, user_id) values (${organization.id}, ${id}, ${memberId})`.execute(
        tx,
      );
  });
  return id;
}

const read = (organization: TestOrganization, userId: string) =>
  organization.context(async (ctx) => {
    const { rows } = await sql<{ status: string; roles: string[]; groups: string[]; live: number }>`
      select u.status,
        array(select r.name from role_assignments a join roles r on r.organization_id = a.organization_id and r.id = a.role_id
          where a.organization_id = u.organization_id and a.user_id = u.id) as roles,
        array(select g.name from group_members m join groups g on g.organization_id = m.organization_id and g.id = m.group_id
          where m.organization_id = u.organization_id and m.user_id = u.id order by g.name) as groups,
        (select count(*) from sessions s where s.organization_id = u.organization_id and s.user_id = u.id and s.ended_at is null) as live
      from users u where u.organization_id = ${organization.id} and u.id = ${userId}`.execute(ctx.tx);
    return rows[0]!;
  });

test('offers the former roles and groups, and preselects no administrator’s role', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const leaver = await organization.addUser({ role: 'administrator' });
  const group = await addGroup(organization, 'Support', leaver.id);
  const url = `/api/v1/users/${leaver.id}/reactivation`;
  expect((await administrator.request('GET', url)).json().code).toBe('wrong_status');
  await administrator.request('POST', `/api/v1/users/${leaver.id}/deactivate`, {});
  expect((await administrator.request('GET', url)).json()).toEqual({
    becomes: 'active',
    roles: [
      {
        id: organization.roles.administrator,
        key: 'administrator',
        name: 'Administrator',
        preselected: false,
      },
    ],
    groups: [{ id: group, name: 'Support', preselected: true }],
  });
});

test('brings back exactly the role and groups that were chosen; sessions stay dead; the record says so', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const leaver = await organization.addUser({ role: 'administrator' });
  await addGroup(organization, 'Support', leaver.id);
  const sales = await addGroup(organization, 'Sales');
  const record = (await administrator.request('POST', `/api/v1/users/${leaver.id}/deactivate`, {})).json();
  // A session that raced the deactivation.
  await organization.context((ctx) =>
    sql`update sessions set ended_at = null, end_reason = null where organization_id = ${organization.id} and user_id = ${leaver.id}`.execute(
      ctx.tx,
    ),
  );
  expect((await leaver.request('GET', '/api/v1/me')).statusCode).toBe(401);
  const done = await administrator.request('POST', `/api/v1/users/${leaver.id}/reactivate`, {
    role: 'agent',
    groupIds: [sales],
    reason: 'Came back',
  });
  expect(done.statusCode, done.body).toBe(200);
  expect(done.json()).toEqual({ id: leaver.id, status: 'active', warnings: [] });
  expect(await read(organization, leaver.id)).toEqual({
    status: 'active',
    roles: ['Agent'],
    groups: ['Sales'],
    live: 0,
  });
  expect((await leaver.request('GET', '/api/v1/me')).statusCode).toBe(401);
  const after = (await administrator.request('GET', `/api/v1/off-boardings/${record.id}`)).json();
  expect(after.reactivation).toMatchObject({ byName: 'Ada Admin', reason: 'Came back', role: 'Agent' });
});

test('invites anew who had never accepted; deactivating had revoked the first invitation', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const invited = await administrator.request('POST', '/api/v1/users', {
    firstName: 'Nora',
    lastName: 'New',
    email: 'nora@example.com',
    role: 'agent',
  });
  const { id } = invited.json();
  const states = () =>
    organization.context(async (ctx) => {
      const { rows } = await sql<{
        state: string;
      }>`select state from invitations where organization_id = ${organization.id} and user_id = ${id} order by created_at, id`.execute(
        ctx.tx,
      );
      return rows.map((row) => row.state);
    });
  const before = await states();
  const record = await administrator.request('POST', `/api/v1/users/${id}/deactivate`, {});
  expect(record.statusCode, record.body).toBe(200);
  expect(await states()).toEqual(before.map(() => 'revoked'));
  const done = await administrator.request('POST', `/api/v1/users/${id}/reactivate`, {
    role: 'agent',
    groupIds: [],
  });
  expect(done.json()).toMatchObject({ status: 'invited', warnings: [] });
  expect(await states()).toEqual([...before.map(() => 'revoked'), 'queued']);
});

test('refuses an unknown role or group by its field, who is not deactivated, and who may not', async () => {
  const organization = await harness.createOrganization();
  const other = await harness.createOrganization('Other');
  const leaver = await organization.addUser();
  const url = `/api/v1/users/${leaver.id}/reactivate`;
  const choice = { role: 'agent', groupIds: [] };
  expect((await organization.administrator.request('POST', url, choice)).json().code).toBe('wrong_status');
  await organization.administrator.request('POST', `/api/v1/users/${leaver.id}/deactivate`, {});
  expect((await harness.inject({ method: 'POST', url, payload: choice })).statusCode).toBe(401);
  expect((await (await organization.addUser()).request('POST', url, choice)).statusCode).toBe(403);
  expect((await other.administrator.request('POST', url, choice)).statusCode).toBe(404);
  const foreignRole = await organization.administrator.request('POST', url, {
    ...choice,
    role: other.roles.agent,
  });
  expect(foreignRole.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'role' }] });
  const foreignGroup = await organization.administrator.request('POST', url, {
    ...choice,
    groupIds: [await addGroup(other, 'Theirs')],
  });
  expect(foreignGroup.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'groupIds.0' }] });
  expect((await read(organization, leaver.id)).status).toBe('inactive');
});

test('two who reactivate at once: one does, one is told', async () => {
  const organization = await harness.createOrganization();
  const leaver = await organization.addUser();
  await organization.administrator.request('POST', `/api/v1/users/${leaver.id}/deactivate`, {});
  const both = await Promise.all(
    [1, 2].map(() =>
      organization.administrator.request('POST', `/api/v1/users/${leaver.id}/reactivate`, {
        role: 'agent',
        groupIds: [],
      }),
    ),
  );
  expect(both.map((response) => response.statusCode).sort()).toEqual([200, 409]);
});
