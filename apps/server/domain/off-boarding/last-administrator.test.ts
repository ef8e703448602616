import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { buildApp } from '../../app.ts';
import { openDatabase } from '../../db/open-database.ts';
import { type TestOrganization, type TestUser, useHarness } from '../../test/harness.ts';
import { deactivateUsers } from './deactivate-users.ts';

const harness = useHarness();

const deactivate = (by: { request: TestOrganization['administrator']['request'] }, id: string) =>
  by.request('POST', `/api/v1/users/${id}/deactivate`, {});

async function activeAdministrators(organization: TestOrganization): Promise<number> {
  const { rows } = await organization.context((ctx) =>
    sql<{
      count: number;
    }>`select count(*) from users u join role_assignments a on a.organization_id = u.organization_id and a.user_id = u.id
      where u.organization_id = ${organization.id} and u.status = 'active' and a.role_id = ${organization.roles.administrator}`.execute(
      ctx.tx,
    ),
  );
  return rows[0]!.count;
}

test('refuses the last administrator, themselves included', async () => {
  const { administrator } = await harness.createOrganization();
  const refused = await deactivate(administrator, administrator.id);
  expect(refused.statusCode).toBe(409);
  expect(refused.json().code).toBe('last_administrator');
  const preview = await administrator.request(
    'GET',
    `/api/v1/users/${administrator.id}/off-boarding/preview`,
  );
  expect(preview.json().users[0].refusal.code).toBe('last_administrator');
  expect((await administrator.request('GET', '/api/v1/me')).statusCode).toBe(200);
});

test('lets an administrator deactivate themselves while another one remains', async () => {
  const organization = await harness.createOrganization();
  const second = await organization.addUser({ role: 'administrator' });
  const done = await deactivate(second, second.id);
  expect(done.statusCode, done.body).toBe(200);
  expect((await second.request('GET', '/api/v1/me')).statusCode).toBe(401);
});

test('does not count who has not accepted, cannot sign in, or ends by a date', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const others: TestUser[] = [];
  for (let i = 0; i < 3; i++) others.push(await organization.addUser({ role: 'administrator' }));
  await organization.context(async ({ tx }) => {
    await sql`update users set status = 'invited', accepted_at = null where organization_id = ${organization.id} and id = ${others[0]!.id}`.execute(
      tx,
    );
    await sql`delete from user_credentials where organization_id = ${organization.id} and user_id = ${others[1]!.id}`.execute(
      tx,
    );
    await sql`update role_assignments set valid_until = rollcall_now() + interval '1 day' where organization_id = ${organization.id} and user_id = ${others[2]!.id}`.execute(
      tx,
    );
  });
  expect((await deactivate(administrator, administrator.id)).json().code).toBe('last_administrator');
});

test('two administrators who deactivate each other at the same instant leave exactly one, every time', async () => {
  for (let round = 0; round < 25; round++) {
    const organization = await harness.createOrganization();
    const one = organization.administrator;
    const two = await organization.addUser({ role: 'administrator' });
    const responses = await Promise.all([deactivate(one, two.id), deactivate(two, one.id)]);
    expect(responses.filter((response) => response.statusCode === 200)).toHaveLength(1);
    expect(await activeAdministrators(organization)).toBe(1);
  }
});

test('five administrators who deactivate each other in a ring leave one at least', async () => {
  for (let round = 0; round < 5; round++) {
    const organization = await harness.createOrganization();
    const ring = [organization.administrator];
    for (let i = 0; i < 4; i++) ring.push(await organization.addUser({ role: 'administrator' }));
    await Promise.all(ring.map((one, index) => deactivate(one, ring[(index + 1) % ring.length]!.id)));
    expect(await activeAdministrators(organization)).toBeGreaterThanOrEqual(1);
  }
});

test('who becomes administrator while being deactivated does not stand in for the one who goes', async () => {
  const organization = await harness.createOrganization();
  const heir = await organization.addUser();
  // The heir's deactivation has begun while they were an agent: it holds their row and not the guard.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const leaving = organization.context(async (ctx) => {
    await deactivateUsers(ctx, [heir.id]);
    begun();
    await held;
  });
  await hasBegun;
  await organization.context((ctx) =>
    sql`insert into role_assignments (organization_id, id, user_id, role_id) values (${organization.id}, gen_random_uuid(), ${heir.id}, ${organization.roles.administrator})`.execute(
      ctx.tx,
    ),
  );
  const going = deactivate(organization.administrator, organization.administrator.id);
  await harness.deps.db.ownerTransaction(async (tx) => {
    for (let waiting = 0; waiting === 0; ) {
      const { rows } = await sql<{ count: number }>`select count(*) from pg_locks where not granted`.execute(
        tx,
      );
      waiting = rows[0]!.count;
    }
  });
  release();
  await leaving;
  expect((await going).json().code).toBe('last_administrator');
});

test('a set with all administrators keeps one, the same each time, and lets the others go', async () => {
  const organization = await harness.createOrganization();
  const users = [organization.administrator];
  for (let i = 0; i < 3; i++) users.push(await organization.addUser({ role: 'administrator' }));
  const agent = await organization.addUser();
  const ids = [...users.map((user) => user.id), agent.id];
  const outcomes = await organization.context((ctx) => deactivateUsers(ctx, [...ids].reverse()));
  const refused = ids.filter((_, index) => !outcomes.toReversed()[index]!.ok);
  expect(refused).toEqual([
    users
      .map((user) => user.id)
      .sort()
      .at(-1),
  ]);
  expect(await activeAdministrators(organization)).toBe(1);
});

test('no request that starts after the commit passes, on another node either', async () => {
  const db = openDatabase(harness.databaseUrl, { poolSize: 4 });
  const node = await buildApp({ ...harness.deps, db });
  try {
    for (let round = 0; round < 5; round++) {
      const organization = await harness.createOrganization();
      const leaver = await organization.addUser();
      const ask = () => node.inject({ url: '/api/v1/me', headers: { cookie: leaver.cookie } });
      expect((await ask()).statusCode).toBe(200);
      let committed = false;
      const late: number[] = [];
      const hammer = async () => {
        for (let i = 0; i < 30; i++) {
          const startedAfter = committed;
          const { statusCode } = await ask();
          if (startedAfter) late.push(statusCode);
        }
      };
      const going = deactivate(organization.administrator, leaver.id).then((response) => {
        committed = true;
        return response.statusCode;
      });
      const [status] = await Promise.all([going, hammer(), hammer(), hammer()]);
      expect(status).toBe(200);
      expect(late.every((code) => code === 401)).toBe(true);
      expect((await ask()).statusCode).toBe(401);
    }
  } finally {
    await node.close();
    await db.close();
  }
});
