import { hash } from '@node-rs/argon2';
import type { LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { buildApp } from '../../app.ts';
import { password, publicUrl, type TestOrganization, useHarness } from '../../test/harness.ts';
import { endAccess } from './end-access.ts';

const harness = useHarness();

function signIn(signInName: string, secret = password, headers: Record<string, string> = {}) {
  return harness.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { signInName, password: secret },
    headers: { origin: publicUrl, ...headers },
  });
}

const cookieOf = (response: LightMyRequestResponse) =>
  response.cookies
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');

const me = (cookie: string) => harness.inject({ url: '/api/v1/me', headers: { cookie } });

const auditOf = (organization: TestOrganization, action: string) =>
  organization.context(async ({ tx }) => {
    const { rows } = await sql<{ actor_kind: string; actor_id: string; payload: { after: object } }>`
      select e.actor_kind, e.actor_id, d.payload from audit_events e
      join audit_details d on d.organization_id = e.organization_id and d.event_id = e.id
      where e.action = ${action} order by e.id`.execute(tx);
    return rows;
  });

test('signs in by a name in any letter case, and tells the audit who did', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const response = await signIn(` ${administrator.signInName.toUpperCase()} `);
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({
    organizations: [{ id: organization.id, name: 'Nordwind Calls', current: true }],
  });
  expect((await me(cookieOf(response))).json()).toMatchObject({ email: administrator.signInName });
  const started = (await auditOf(organization, 'session.started')).filter((e) => e.actor_kind === 'user');
  expect(started.map((event) => event.actor_id)).toEqual([administrator.id]);
});

test('answers alike for an unknown name, a wrong password, and people who may not sign in', async () => {
  const organization = await harness.createOrganization();
  const { administrator, addUser, context } = organization;
  const inactive = await addUser();
  const invited = await addUser();
  await context(async ({ tx }) => {
    await sql`update users set status = 'inactive', deactivated_at = now() where id = ${inactive.id}`.execute(
      tx,
    );
    await sql`update users set status = 'invited', accepted_at = null where id = ${invited.id}`.execute(tx);
    await sql`delete from user_credentials where user_id = ${invited.id}`.execute(tx);
  });
  const answers = await Promise.all([
    signIn('nobody@example.com'),
    signIn(administrator.signInName, 'a wrong long password'),
    signIn(inactive.signInName),
    signIn(invited.signInName),
  ]);
  const seen = answers.map((answer) => {
    const { requestId, ...body } = answer.json();
    return { status: answer.statusCode, body, cookies: answer.cookies };
  });
  expect(seen[0]).toMatchObject({ status: 401, body: { code: 'sign_in_failed' }, cookies: [] });
  for (const one of seen) expect(one).toEqual(seen[0]);
  const causes = (await auditOf(organization, 'session.refused')).map((event) => {
    expect(event.actor_kind).toBe('anonymous');
    return event.payload.after;
  });
  expect(causes.map((after) => JSON.stringify(after)).sort()).toEqual([
    '{"cause":"no_password"}',
    '{"cause":"not_active"}',
    '{"cause":"wrong_password"}',
  ]);
});

test('holds back after five failures, for known and unknown names, and never for good', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const start = harness.clock.now;
  for (const name of [administrator.signInName, 'somebody@example.org']) {
    const failures = await Promise.all(Array.from({ length: 8 }, () => signIn(name, 'not the password')));
    const codes = failures.map((answer) => answer.statusCode).sort();
    expect(codes).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const held = await signIn(name);
    expect(held.json()).toMatchObject({ code: 'too_many_requests', context: { retryAfterSeconds: 60 } });
    expect(held.headers['retry-after']).toBe('60');
  }
  const causes = (await auditOf(organization, 'session.refused')).map((event) => event.payload.after);
  expect(causes).toHaveLength(6);
  expect(causes.filter((after) => 'cause' in after && after.cause === 'too_many_attempts')).toHaveLength(1);
  harness.clock.now = new Date(start.getTime() + 60_000);
  expect((await signIn(administrator.signInName)).statusCode).toBe(200);
  // A success clears the account's counters: five more failures are free.
  await Promise.all(Array.from({ length: 5 }, () => signIn(administrator.signInName, 'not the password')));
  harness.clock.now = new Date(start.getTime() + 120_000);
  expect((await signIn(administrator.signInName)).statusCode).toBe(200);
  harness.clock.now = start;
});

test('holds an address back that tries many names, and no office that signs in well', async () => {
  const { administrator } = await harness.createOrganization();
  const from = (remoteAddress: string, signInName: string, secret: string) =>
    harness.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      remoteAddress,
      headers: { origin: publicUrl },
      payload: { signInName, password: secret },
    });
  for (let round = 0; round < 4; round += 1) {
    const office = await Promise.all(
      Array.from({ length: 10 }, () => from('203.0.113.9', administrator.signInName, password)),
    );
    // Ten at once of one account: some may be beyond its own five, but none is a failure of the address.
    expect(office.some((answer) => answer.statusCode === 200)).toBe(true);
  }
  await Promise.all(Array.from({ length: 30 }, (_, i) => from('2001:db8:1::1', `n${i}@example.net`, 'x')));
  expect((await from('2001:db8:1::2', 'fresh@example.net', 'x')).statusCode).toBe(429);
  expect((await from('2001:db8:2::1', 'fresh@example.net', 'x')).statusCode).toBe(401);
});

test('is refused from another site, also without a session (login CSRF)', async () => {
  const { administrator } = await harness.createOrganization();
  const foreign = { origin: 'https://evil.example' };
  const answer = await signIn(administrator.signInName, password, foreign);
  expect(answer.json()).toMatchObject({ code: 'cross_site_request' });
  expect(answer.cookies).toEqual([]);
  expect((await signIn(administrator.signInName, password, { origin: 'null' })).statusCode).toBe(403);
  const sandboxed = await harness.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { signInName: administrator.signInName, password },
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(sandboxed.statusCode).toBe(403);
  for (const [method, url] of [
    ['DELETE', '/api/v1/session'],
    ['POST', '/api/v1/session/organization'],
    ['DELETE', '/api/v1/sessions'],
    ['PATCH', '/api/v1/me'],
  ] as const) {
    const payload = url.endsWith('organization') ? { organizationId: administrator.organizationId } : {};
    const crossed = await administrator.request(method, url, payload, foreign);
    expect(crossed.json().code, `${method} ${url}`).toBe('cross_site_request');
  }
});

test('gives a new secret at every sign-in and ends the old session (fixation)', async () => {
  const { administrator } = await harness.createOrganization();
  const planted = administrator.cookie;
  const response = await signIn(administrator.signInName, password, { cookie: planted });
  expect(cookieOf(response)).not.toContain(planted.split('=')[1]);
  expect((await me(planted)).statusCode).toBe(401);
  const invented = `rollcall_session=rcs_${'A'.repeat(54)}`;
  const second = await signIn(administrator.signInName, password, { cookie: invented });
  expect(cookieOf(second)).not.toContain('AAAAAAAAAA');
});

test('another person at the same computer does not keep the sessions of the one before', async () => {
  const { administrator, addUser } = await harness.createOrganization();
  const agent = await addUser();
  const first = cookieOf(await signIn(administrator.signInName));
  const second = cookieOf(await signIn(agent.signInName, password, { cookie: first }));
  expect((await me(first)).statusCode).toBe(401);
  expect((await me(second)).json()).toMatchObject({ email: agent.signInName });
});

test('signs in to every organization whose password fits, switches between them and signs out of all', async () => {
  const [one, two, three] = [
    await harness.createOrganization('One'),
    await harness.createOrganization('Two'),
    await harness.createOrganization('Three'),
  ];
  const signInName = 'several@example.com';
  for (const organization of [one, two, three]) await organization.addUser({ signInName });
  const other = await hash('an altogether different one');
  await three.context(({ tx }) =>
    sql`update user_credentials set password_hash = ${other}
      where user_id = (select id from users where sign_in_key = ${signInName})`.execute(tx),
  );
  await two.context(({ tx }) =>
    sql`update sessions set last_seen_at = last_seen_at + interval '1 minute'
      where user_id = (select id from users where sign_in_key = ${signInName})`.execute(tx),
  );
  const response = await signIn(signInName);
  expect(response.json().organizations).toEqual([
    { id: two.id, name: 'Two', current: true },
    { id: one.id, name: 'One', current: false },
  ]);
  const cookie = cookieOf(response);
  expect((await me(cookie)).json()).toMatchObject({
    organization: { name: 'Two' },
    organizations: response.json().organizations,
  });
  const switchTo = (organizationId: string, from: string) =>
    harness.inject({
      method: 'POST',
      url: '/api/v1/session/organization',
      payload: { organizationId },
      headers: { cookie: from, origin: publicUrl },
    });
  expect((await switchTo(three.id, cookie)).statusCode).toBe(404);
  const switched = await switchTo(one.id, cookie);
  expect(switched.json().organizations[0]).toMatchObject({ name: 'One', current: true });
  const after = cookieOf(switched);
  expect((await me(after)).json().organization.name).toBe('One');

  // The third one has another password; the sessions of the same name stay beside it.
  const all = await signIn(signInName, 'an altogether different one', { cookie: after });
  expect(all.json().organizations.map((each: { name: string }) => each.name)).toEqual([
    'Three',
    'One',
    'Two',
  ]);
  const out = await harness.inject({
    method: 'DELETE',
    url: '/api/v1/session',
    headers: { cookie: cookieOf(all), origin: publicUrl },
  });
  expect(out.statusCode).toBe(204);
  expect(out.cookies.map(({ value }) => value)).toEqual(['', '']);
  expect((await me(cookieOf(all))).statusCode).toBe(401);
  expect((await switchTo(one.id, cookieOf(all))).statusCode).toBe(401);
});

test('replaces a hash of weaker parameters at sign-in', async () => {
  const { administrator, context } = await harness.createOrganization();
  const weak = await hash(password, { memoryCost: 8192, timeCost: 1 });
  await context(({ tx }) => sql`update user_credentials set password_hash = ${weak}`.execute(tx));
  expect((await signIn(administrator.signInName)).statusCode).toBe(200);
  const stored = await context(({ tx }) => tx.selectFrom('user_credentials').selectAll().execute());
  expect(stored[0]!.password_hash).toContain('$m=19456,t=2,p=1$');
  expect((await signIn(administrator.signInName)).statusCode).toBe(200);
});

test('a deactivation in the same instant leaves no live session', async () => {
  const { addUser, context } = await harness.createOrganization();
  const agent = await addUser();
  await Promise.all([
    signIn(agent.signInName),
    signIn(agent.signInName),
    new Promise((resolve) => setTimeout(resolve, 75)).then(() =>
      context(async (ctx) => {
        await sql`update users set status = 'inactive', deactivated_at = now() where id = ${agent.id}`.execute(
          ctx.tx,
        );
        await endAccess(ctx, [agent.id], 'deactivated');
      }),
    ),
  ]);
  const live = await context(({ tx }) =>
    tx
      .selectFrom('sessions')
      .selectAll()
      .where('user_id', '=', agent.id)
      .where('ended_at', 'is', null)
      .execute(),
  );
  expect(live).toEqual([]);
});

test('cookies are HttpOnly and Lax, and under https __Host- and Secure', async () => {
  const { administrator } = await harness.createOrganization();
  const plain = (await signIn(administrator.signInName)).cookies.find(({ value }) => value !== '')!;
  expect(plain).toMatchObject({ name: 'rollcall_session', path: '/', httpOnly: true, sameSite: 'Lax' });
  expect(plain.secure).toBeUndefined();
  expect(plain.domain).toBeUndefined();

  const httpsUrl = 'https://rollcall.example';
  const { deps } = harness;
  const app = await buildApp({ ...deps, installation: { ...deps.installation, publicUrl: httpsUrl } });
  const response = await app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { signInName: administrator.signInName, password },
    headers: { origin: httpsUrl },
  });
  const secure = response.cookies.find(({ value }) => value !== '')!;
  expect(secure).toMatchObject({ name: '__Host-rollcall_session', path: '/', secure: true, httpOnly: true });
  expect(secure.domain).toBeUndefined();
  expect(secure.expires!.getTime()).toBeGreaterThan(harness.clock.now.getTime());
  await app.close();
});
