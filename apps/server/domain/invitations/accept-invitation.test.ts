import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { publicUrl, type TestOrganization, useHarness } from '../../test/harness.ts';
import { inviteTestUser } from '../../test/invite-user.ts';

const harness = useHarness();
const password = 'Rhubarb trombone over Lisbon';

const post = (path: string, payload: object) =>
  harness.inject({
    method: 'POST',
    url: `/api/v1/invitations/${path}`,
    headers: { origin: publicUrl },
    payload,
  });

const accept = (token: string, changes: object = {}) =>
  post('accept', {
    token,
    firstName: 'Grace',
    lastName: 'Hopper',
    password,
    timeZone: 'Europe/Berlin',
    ...changes,
  });

async function copyLink(organization: TestOrganization, userId: string): Promise<string> {
  const response = await organization.administrator.request(
    'POST',
    `/api/v1/users/${userId}/invitation/link`,
  );
  expect(response.statusCode).toBe(201);
  return new URL(response.json().link).hash.slice('#token='.length);
}

test('accepting sets name, password and time zone, and signs in; before it nobody can', async () => {
  const organization = await harness.createOrganization();
  const { userId, email } = await inviteTestUser(organization);
  const token = await copyLink(organization, userId);
  const signIn = () =>
    harness.inject({ method: 'POST', url: '/api/v1/session', payload: { signInName: email, password } });
  expect((await signIn()).statusCode).toBe(401);

  const offer = await post('read', { token });
  expect(offer.json()).toMatchObject({ organization: 'Nordwind Calls', email, firstName: 'Grace' });

  const accepted = await accept(token, { firstName: 'Grace Brewster' });
  expect(accepted.statusCode).toBe(200);
  const cookie = accepted.cookies.find(({ name }) => name === 'rollcall_session')!;
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  const me = await harness.inject({
    url: '/api/v1/me',
    headers: { cookie: `rollcall_session=${cookie.value}` },
  });
  expect(me.json().user).toMatchObject({ firstName: 'Grace Brewster', timeZone: 'Europe/Berlin' });
  expect((await signIn()).statusCode).toBe(200);

  const used = await accept(token);
  expect(used.statusCode).toBe(410);
  expect(used.json()).toMatchObject({
    code: 'link_not_valid',
    detail: expect.stringContaining('accepted already'),
  });
});

test('of sixteen who accept one invitation in the same instant, one wins', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const token = await copyLink(organization, userId);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) => accept(token, { firstName: `Winner ${index}` })),
  );
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(15).fill(410)]);
  const sessions = await organization.context((ctx) =>
    sql`select 1 from sessions where organization_id = ${organization.id} and user_id = ${userId}`.execute(
      ctx.tx,
    ),
  );
  expect(sessions.rows).toHaveLength(1);
});

test('a mail scanner that follows the link changes nothing but the visit', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const token = await copyLink(organization, userId);
  expect((await harness.inject({ url: '/accept-invitation' })).statusCode).not.toBe(500);
  for (let visit = 0; visit < 3; visit++) {
    expect((await post('read', { token })).statusCode).toBe(200);
    expect((await post('visit', { token })).statusCode).toBe(204);
  }
  const history = await organization.administrator.request('GET', `/api/v1/users/${userId}/invitations`);
  expect(history.json().items[0]).toMatchObject({ state: 'visited', visitedAt: expect.any(String) });
  expect((await accept(token)).statusCode).toBe(200);
});

test('a weak password is refused with its field, and the invitation stays good', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const token = await copyLink(organization, userId);
  const weak = await accept(token, { password: 'short' });
  expect(weak.statusCode).toBe(422);
  expect(weak.json()).toMatchObject({ code: 'weak_password', errors: [{ field: 'password' }] });
  const zone = await accept(token, { timeZone: 'Mars/Olympus' });
  expect(zone.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'timeZone' }] });
  expect((await accept(token, { admin: true })).json().errors[0].field).toBe('admin');
  expect((await accept(token)).statusCode).toBe(200);
});

test('a link that expired, was revoked, replaced, altered or made up says what to do', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const first = await copyLink(organization, userId);
  const second = await copyLink(organization, userId);
  expect((await accept(first)).json().detail).toContain('newer invitation');

  const before = harness.clock.now;
  harness.clock.now = new Date(before.getTime() + 7 * 86_400_000);
  const expired = await accept(second);
  expect(expired.statusCode).toBe(410);
  expect(expired.json().detail).toMatch(/expired on \w+day, \d+ \w+ \d{4}\. Ask the person/);
  harness.clock.now = before;

  const revoked = await organization.administrator.request('DELETE', `/api/v1/users/${userId}/invitation`);
  expect(revoked.statusCode).toBe(204);
  expect((await accept(second)).json().detail).toContain('withdrawn');
  expect(
    (await organization.administrator.request('DELETE', `/api/v1/users/${userId}/invitation`)).json().code,
  ).toBe('wrong_status');

  const altered = `${second.slice(0, -4)}AAAA`;
  for (const token of [altered, 'rci_', 'nonsense', second.replace('rci', 'rcs')]) {
    const answer = await accept(token);
    expect(answer.statusCode).toBe(410);
    expect(answer.json().code).toBe('link_not_valid');
  }
});

test('a link of one organization opens nothing in another, whatever it names', async () => {
  const one = await harness.createOrganization('One');
  const two = await harness.createOrganization('Two');
  const { userId } = await inviteTestUser(one);
  const token = await copyLink(one, userId);
  const sessionOfTwo = two.administrator.cookie.split('=')[1]!;
  const crossed = `rci_${sessionOfTwo.slice(4, 26)}${token.slice(26)}`;
  expect((await post('read', { token: crossed })).statusCode).toBe(410);
  expect((await accept(crossed)).statusCode).toBe(410);
  for (const [method, url] of [
    ['GET', `/api/v1/users/${userId}/invitations`],
    ['POST', `/api/v1/users/${userId}/invitation`],
    ['POST', `/api/v1/users/${userId}/invitation/link`],
    ['DELETE', `/api/v1/users/${userId}/invitation`],
  ] as const) {
    expect((await two.administrator.request(method, url)).statusCode).toBe(404);
  }
  expect((await two.administrator.request('GET', '/api/v1/invitations')).json().items).toEqual([]);
  expect((await accept(token)).statusCode).toBe(200);
});

test('whoever is deactivated while accepting has no way in, whichever comes first', async () => {
  const organization = await harness.createOrganization();
  const people = await Promise.all(Array.from({ length: 5 }, () => inviteTestUser(organization)));
  for (const { userId } of people) {
    const token = await copyLink(organization, userId);
    const [accepted, deactivated] = await Promise.all([
      accept(token),
      organization.administrator.request('POST', `/api/v1/users/${userId}/deactivate`, {}),
    ]);
    expect([200, 410]).toContain(accepted.statusCode);
    expect(deactivated.statusCode).toBe(200);
    const cookie = accepted.cookies.find(({ name }) => name === 'rollcall_session');
    const me = await harness.inject({
      url: '/api/v1/me',
      headers: { cookie: `rollcall_session=${cookie?.value}` },
    });
    expect(me.statusCode).toBe(401);
    expect((await accept(token)).statusCode).toBe(410);
  }
});

test('a repeated request for a link makes no second one and never shows the first again', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const request = () =>
    organization.administrator.request('POST', `/api/v1/users/${userId}/invitation/link`, undefined, {
      'idempotency-key': 'copy-1',
    });
  const first = await request();
  const again = await request();
  expect(again.statusCode).toBe(201);
  expect(again.json().link).toBeNull();
  const token = new URL(first.json().link).hash.slice('#token='.length);
  expect((await post('read', { token })).statusCode).toBe(200);
});

test('accepting in a browser where somebody else is signed in ends their session', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const token = await copyLink(organization, userId);
  const neighbour = await organization.addUser();
  const accepted = await harness.inject({
    method: 'POST',
    url: '/api/v1/invitations/accept',
    headers: { origin: publicUrl, cookie: neighbour.cookie },
    payload: { token, firstName: 'Grace', lastName: 'Hopper', password, timeZone: 'UTC' },
  });
  expect(accepted.json().organizations).toEqual([
    { id: organization.id, name: 'Nordwind Calls', current: true },
  ]);
  expect((await neighbour.request('GET', '/api/v1/me')).statusCode).toBe(401);
});

test('another site cannot accept in a visitor’s browser', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const token = await copyLink(organization, userId);
  const response = await harness.inject({
    method: 'POST',
    url: '/api/v1/invitations/accept',
    headers: { origin: 'https://evil.example' },
    payload: { token, firstName: 'A', lastName: 'B', password, timeZone: 'UTC' },
  });
  expect(response.json().code).toBe('cross_site_request');
});

test('the audit says who was invited, visited and accepted, without a secret', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const token = await copyLink(organization, userId);
  await post('visit', { token });
  await accept(token);
  const { rows } = await organization.context((ctx) =>
    sql<{ action: string; payload: object }>`
      select e.action, d.payload from audit_events e
      join audit_details d on d.organization_id = e.organization_id and d.event_id = e.id
      where e.organization_id = ${organization.id} and e.target_id = ${userId} order by e.id`.execute(ctx.tx),
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'invitation.created',
    'invitation.link_copied',
    'invitation.visited',
    'invitation.accepted',
    'session.started',
  ]);
  const text = JSON.stringify(rows);
  expect(text).not.toContain(token.slice(30));
  expect(text).not.toContain(password);
});
