import type { OffBoarding } from '@rollcall/contract/off-boarding';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { issueSecret } from '../../platform/secrets.ts';
import { type TestOrganization, type TestUser, useHarness } from '../../test/harness.ts';

const harness = useHarness();

/** An agent with a key, a password link, a number that is also their default, a group of their own and a report. */
async function equip(organization: TestOrganization, user: TestUser) {
  const key = issueSecret('rck', organization.id);
  const ids = { key: newId(), group: newId(), number: newId() };
  const e164 = `+49301234${Math.floor(Math.random() * 9000) + 1000}`;
  await organization.context(async ({ tx }) => {
    const org = organization.id;
    await sql`insert into api_keys (organization_id, id, user_id, name, secret_hash, hint, permissions, expires_at)
      values (${org}, ${ids.key}, ${user.id}, 'Wallboard', ${key.hash}, 'abcd', '{users:read}', rollcall_now() + interval '1 day')`.execute(
      tx,
    );
    await sql`insert into user_links (organization_id, id, user_id, purpose, secret_hash, expires_at)
      values (${org}, ${newId()}, ${user.id}, 'password_reset', ${issueSecret('rcl', org).hash}, rollcall_now() + interval '1 day')`.execute(
      tx,
    );
    await sql`insert into groups (organization_id, id, name) values (${org}, ${ids.group}, ${`Support ${ids.group}`})`.execute(
      tx,
    );
    await sql`insert into group_members (organization_id, group_id, user_id) values (${org}, ${ids.group}, ${user.id})`.execute(
      tx,
    );
    await sql`insert into numbers (organization_id, id, e164, user_id) values (${org}, ${ids.number}, ${e164}, ${user.id})`.execute(
      tx,
    );
    await sql`update users set default_number_id = ${ids.number}, availability = 'online', last_day = '2026-12-31'
      where organization_id = ${org} and id = ${user.id}`.execute(tx);
  });
  return { ...ids, secret: key.secret, e164 };
}

test('ends sessions, keys, links, routing and numbers, keeps memberships, and writes the record', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const leaver = await organization.addUser({ role: 'administrator', firstName: 'Lea', lastName: 'Leaver' });
  const has = await equip(organization, leaver);
  const preview = (
    await administrator.request('GET', `/api/v1/users/${leaver.id}/off-boarding/preview`)
  ).json();
  expect(preview.sessions).toHaveLength(1);
  expect(preview.apiKeys).toMatchObject([{ id: has.key, name: 'Wallboard' }]);
  expect(preview.groups).toMatchObject([
    { id: has.group, availableAfter: 0, leftWithoutAvailableMember: true },
  ]);
  expect(preview.numbers).toMatchObject([
    { id: has.number, use: 'assigned', becomes: 'freed' },
    { id: has.number, use: 'default', becomes: 'cleared' },
  ]);
  expect(preview.seat.text).toContain('next billing cycle');
  expect((await leaver.request('GET', '/api/v1/me')).statusCode).toBe(200);

  const response = await administrator.request('POST', `/api/v1/users/${leaver.id}/deactivate`, {
    reason: 'HR-1234',
    digest: preview.digest,
  });
  expect(response.statusCode, response.body).toBe(200);
  const record: OffBoarding = response.json();
  expect(record).toMatchObject({
    user: { name: 'Lea Leaver', statusBefore: 'active', roles: ['Administrator'] },
    times: { leavingDate: '2026-12-31', disabledAtSource: null },
    by: { kind: 'user', id: administrator.id, name: 'Ada Admin' },
    reason: 'HR-1234',
    reactivation: null,
  });
  expect(record.times.verified).not.toBeNull();
  expect(record.times.milliseconds).toBeGreaterThanOrEqual(0);
  expect(Object.fromEntries(record.ended.map(({ kind, count }) => [kind, count]))).toEqual({
    session: 1,
    api_key: 1,
    link: 1,
    group_routing: 1,
    number: 1,
    default_number: 1,
    availability: 1,
  });
  expect(record.tasks.map((task) => task.key)).toEqual([
    'crm_mapping',
    'identity_provider',
    'groups_without_member',
    'freed_numbers',
  ]);

  expect((await leaver.request('GET', '/api/v1/me')).statusCode).toBe(401);
  const byKey = await harness.inject({
    url: '/api/v1/me',
    headers: { authorization: `Bearer ${has.secret}` },
  });
  expect(byKey.statusCode).toBe(401);
  const { rows } = await organization.context((ctx) =>
    sql<{ status: string; availability: string; members: number; roles: number; holder: string | null }>`
      select u.status, u.availability,
        (select count(*) from group_members m where m.organization_id = u.organization_id and m.user_id = u.id) as members,
        (select count(*) from role_assignments a where a.organization_id = u.organization_id and a.user_id = u.id) as roles,
        (select user_id from numbers n where n.organization_id = u.organization_id and n.id = ${has.number}) as holder
      from users u where u.organization_id = ${organization.id} and u.id = ${leaver.id}`.execute(ctx.tx),
  );
  expect(rows[0]).toEqual({
    status: 'inactive',
    availability: 'offline',
    members: 1,
    roles: 1,
    holder: null,
  });
});

test('writes the record into the audit', async () => {
  const organization = await harness.createOrganization();
  const leaver = await organization.addUser();
  await organization.administrator.request('POST', `/api/v1/users/${leaver.id}/deactivate`, {
    reason: 'T-1',
  });
  const { rows } = await organization.context((ctx) =>
    sql<{ payload: { reason: string; after: { offBoarding: { ended: { kind: string }[] } } } }>`
      select d.payload from audit_events e join audit_details d on d.organization_id = e.organization_id and d.event_id = e.id
      where e.organization_id = ${organization.id} and e.action = 'user.deactivated' and e.target_id = ${leaver.id}`.execute(
      ctx.tx,
    ),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]!.payload.reason).toBe('T-1');
  expect(rows[0]!.payload.after.offBoarding.ended[0]!.kind).toBe('session');
});

test('hands numbers over to a successor who stays and is active', async () => {
  const organization = await harness.createOrganization();
  const leaver = await organization.addUser();
  const successor = await organization.addUser({ firstName: 'Sue', lastName: 'Cessor' });
  const has = await equip(organization, leaver);
  const deactivate = (successorId: string) =>
    organization.administrator.request('POST', `/api/v1/users/${leaver.id}/deactivate`, { successorId });
  for (const nobody of [leaver.id, newId()]) {
    const refused = await deactivate(nobody);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors[0].field).toBe('successorId');
  }
  expect((await leaver.request('GET', '/api/v1/me')).statusCode).toBe(200);
  const record = (await deactivate(successor.id)).json();
  expect(record.successor).toEqual({ id: successor.id, name: 'Sue Cessor' });
  const { rows } = await organization.context((ctx) =>
    sql<{
      user_id: string;
    }>`select user_id from numbers where organization_id = ${organization.id} and id = ${has.number}`.execute(
      ctx.tx,
    ),
  );
  expect(rows[0]!.user_id).toBe(successor.id);
});

test('a preview changes nothing at all', async () => {
  const organization = await harness.createOrganization();
  const leaver = await organization.addUser();
  await equip(organization, leaver);
  const snapshot = () =>
    organization.context(async (ctx) => {
      const tables = [
        'users',
        'sessions',
        'api_keys',
        'user_links',
        'numbers',
        'off_boardings',
        'off_boarding_tasks',
        'audit_events',
      ];
      const sums = [];
      for (const table of tables) {
        const { rows } = await sql<{
          sum: string;
        }>`select md5(string_agg(t::text, ',' order by t::text)) as sum from ${sql.ref(table)} t`.execute(
          ctx.tx,
        );
        sums.push(rows[0]!.sum);
      }
      return sums;
    });
  const before = await snapshot();
  const first = await organization.administrator.request(
    'GET',
    `/api/v1/users/${leaver.id}/off-boarding/preview`,
  );
  const second = await organization.administrator.request(
    'GET',
    `/api/v1/users/${leaver.id}/off-boarding/preview`,
  );
  expect(await snapshot()).toEqual(before);
  expect(first.json().digest).toBe(second.json().digest);
});

test('refuses when what would end has changed since the preview, shows what is now, and does nothing', async () => {
  const organization = await harness.createOrganization();
  const leaver = await organization.addUser();
  const preview = (
    await organization.administrator.request('GET', `/api/v1/users/${leaver.id}/off-boarding/preview`)
  ).json();
  await equip(organization, leaver);
  const refused = await organization.administrator.request('POST', `/api/v1/users/${leaver.id}/deactivate`, {
    digest: preview.digest,
  });
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({
    code: 'preview_drifted',
    context: { current: { apiKeys: [{ name: 'Wallboard' }] } },
  });
  expect((await leaver.request('GET', '/api/v1/me')).statusCode).toBe(200);
  const again = await organization.administrator.request('POST', `/api/v1/users/${leaver.id}/deactivate`, {
    digest: refused.json().context.current.digest,
  });
  expect(again.statusCode).toBe(200);
});

test('refuses without a reason where the organization requires one; the header will do', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  await organization.context((ctx) =>
    sql`update organizations set reason_required = true where id = ${organization.id}`.execute(ctx.tx),
  );
  const leaver = await organization.addUser();
  const url = `/api/v1/users/${leaver.id}/deactivate`;
  const refused = await administrator.request('POST', url, {});
  expect(refused.statusCode).toBe(422);
  expect(refused.json()).toMatchObject({ code: 'reason_required', errors: [{ field: 'reason' }] });
  expect(
    (await administrator.request('GET', `/api/v1/users/${leaver.id}/off-boarding/preview`)).statusCode,
  ).toBe(200);
  const done = await administrator.request(
    'POST',
    url,
    {},
    { 'rollcall-reason': encodeURIComponent('Kündigung') },
  );
  expect(done.json().reason).toBe('Kündigung');
});

test('refuses who is deactivated already, unknown, or of another organization; and who may not', async () => {
  const organization = await harness.createOrganization();
  const other = await harness.createOrganization('Other');
  const leaver = await organization.addUser();
  const url = `/api/v1/users/${leaver.id}/deactivate`;
  expect((await harness.inject({ method: 'POST', url, payload: {} })).statusCode).toBe(401);
  const agent = await organization.addUser();
  expect((await agent.request('POST', url, {})).statusCode).toBe(403);
  expect((await agent.request('GET', `/api/v1/users/${leaver.id}/off-boarding/preview`)).statusCode).toBe(
    403,
  );
  expect((await agent.request('GET', '/api/v1/off-boardings')).statusCode).toBe(403);
  expect((await other.administrator.request('POST', url, {})).statusCode).toBe(404);
  const unknownField = await organization.administrator.request('POST', url, { force: true });
  expect(unknownField.statusCode).toBe(422);
  expect(unknownField.json().errors[0].field).toBe('force');
  const done = await organization.administrator.request('POST', url, {});
  expect(done.statusCode).toBe(200);
  expect((await organization.administrator.request('POST', url, {})).json().code).toBe('wrong_status');
  expect(
    (await other.administrator.request('GET', `/api/v1/off-boardings/${done.json().id}`)).statusCode,
  ).toBe(404);
  expect(
    (await other.administrator.request('GET', `/api/v1/users/${leaver.id}/off-boardings`)).statusCode,
  ).toBe(404);
});

test('previews a set as one, with who would be refused', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const leaver = await organization.addUser({ firstName: 'Lea', lastName: 'Leaver' });
  const successor = await organization.addUser();
  await equip(organization, leaver);
  const response = await administrator.request('POST', '/api/v1/off-boardings/preview', {
    userIds: [leaver.id, administrator.id, newId()],
    successorId: successor.id,
  });
  expect(response.statusCode, response.body).toBe(200);
  const preview = response.json();
  expect(preview.users.map((user: { refusal: { code: string } | null }) => user.refusal?.code)).toEqual([
    undefined,
    'last_administrator',
    'not_found',
  ]);
  expect(preview.numbers[0].becomes).toBe('handed_over');
  expect(preview.successor.id).toBe(successor.id);
});
