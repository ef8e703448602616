import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { password, publicUrl, type TestOrganization, type TestUser, useHarness } from '../../test/harness.ts';
import { openMailContent } from '../mails/seal-mail-content.ts';

const harness = useHarness();
const better = 'seven green kettles whistle';

const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  harness.inject({
    method: 'POST',
    url: `/api/v1${url}`,
    payload,
    headers: { origin: publicUrl, ...headers },
  });

const signIn = (signInName: string, secret: string) => post('/session', { signInName, password: secret });

/** The mails that wait for delivery, oldest first, opened. */
const mailsOf = (organization: TestOrganization) =>
  organization.context(async (ctx) => {
    const rows = await ctx.tx.selectFrom('mails').selectAll().orderBy('id').execute();
    return rows.map((row) => ({
      template: row.template,
      to: row.recipient,
      values: openMailContent(ctx, row.id, row.content!) as Record<string, string>,
    }));
  });

async function resetToken(organization: TestOrganization, user: TestUser): Promise<string> {
  await post('/password-resets', { email: user.signInName });
  const mail = (await mailsOf(organization)).filter(({ template }) => template === 'password-reset').at(-1)!;
  expect(mail.to).toBe(user.signInName);
  expect(mail.values.link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/reset-password#token=rcl_/);
  return mail.values.link!.split('token=')[1]!;
}

test('answers a known and an unknown name alike, and mails the known one alone', async () => {
  const organization = await harness.createOrganization();
  const { administrator, addUser, context } = organization;
  const inactive = await addUser();
  await context(({ tx }) =>
    sql`update users set status = 'inactive', deactivated_at = now() where id = ${inactive.id}`.execute(tx),
  );
  const answers = await Promise.all(
    [administrator.signInName, 'nobody@example.com', inactive.signInName].map((email) =>
      post('/password-resets', { email }),
    ),
  );
  for (const answer of answers) {
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual(answers[0]!.json());
  }
  expect((await mailsOf(organization)).map(({ to }) => to)).toEqual([administrator.signInName]);
  expect((await post('/password-resets', {})).statusCode).toBe(422);
  expect(
    (await post('/password-resets', { email: 'a@example.com' }, { origin: 'https://evil.example' }))
      .statusCode,
  ).toBe(403);
  const asked = await Promise.all(
    Array.from({ length: 4 }, () => post('/password-resets', { email: 'x@example.com' })),
  );
  expect(asked.map((answer) => answer.statusCode).sort()).toEqual([202, 202, 202, 429]);
});

test('of sixteen uses of one link at once exactly one succeeds, and every session ends', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const token = await resetToken(organization, administrator);
  const uses = await Promise.all(
    Array.from({ length: 16 }, () => post('/password-resets/complete', { token, password: better })),
  );
  const codes = uses.map((use) => use.statusCode).sort();
  expect(codes).toEqual([204, ...Array(15).fill(410)]);
  expect((await administrator.request('GET', '/api/v1/me')).statusCode).toBe(401);
  expect((await signIn(administrator.signInName, password)).statusCode).toBe(401);
  expect((await signIn(administrator.signInName, better)).statusCode).toBe(200);
  const reasons = await organization.context(({ tx }) =>
    tx.selectFrom('sessions').select('end_reason').where('id', '=', administrator.sessionId).execute(),
  );
  expect(reasons).toEqual([{ end_reason: 'password_changed' }]);
  expect((await mailsOf(organization)).map(({ template }) => template)).toEqual([
    'password-reset',
    'password-changed',
  ]);
});

test('no sign-in with the old password outlives the reset that it raced with', async () => {
  const organization = await harness.createOrganization();
  const agent = await organization.addUser();
  const token = await resetToken(organization, agent);
  const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  await Promise.all([
    post('/password-resets/complete', { token, password: better }),
    ...[0, 30, 60, 90].map((wait) => later(wait).then(() => signIn(agent.signInName, password))),
  ]);
  const live = await organization.context(({ tx }) =>
    tx
      .selectFrom('sessions')
      .select('id')
      .where('user_id', '=', agent.id)
      .where('ended_at', 'is', null)
      .execute(),
  );
  expect(live).toEqual([]);
});

test('a link works for half an hour, as the newest one, for somebody active, and in its organization', async () => {
  const organization = await harness.createOrganization();
  const { administrator, addUser, context } = organization;
  const start = harness.clock.now;
  const complete = (token: string) => post('/password-resets/complete', { token, password: better });

  const first = await resetToken(organization, administrator);
  const second = await resetToken(organization, administrator);
  expect((await complete(first)).json()).toMatchObject({ code: 'link_not_valid' });
  harness.clock.now = new Date(start.getTime() + 30 * 60_000);
  expect((await complete(second)).statusCode).toBe(410);
  harness.clock.now = start;

  const agent = await addUser();
  const third = await resetToken(organization, agent);
  await context(({ tx }) =>
    sql`update users set status = 'inactive', deactivated_at = now() where id = ${agent.id}`.execute(tx),
  );
  expect((await complete(third)).statusCode).toBe(410);

  const other = await harness.createOrganization('Other');
  const foreign = `rcl_${Buffer.from(other.id.replaceAll('-', ''), 'hex').toString('base64url')}${second.slice(26)}`;
  expect((await complete(foreign)).statusCode).toBe(410);
  expect((await complete(administrator.cookie.split('=')[1]!)).statusCode).toBe(410);
});

test('refuses passwords that are easy to guess, in words that help, and keeps the link', async () => {
  const organization = await harness.createOrganization();
  const agent = await organization.addUser({ firstName: 'Bartholomew', lastName: 'Quigley' });
  const token = await resetToken(organization, agent);
  for (const weak of [
    'short',
    'fourteen chars',
    'passwordpassword',
    '123456789012345678',
    'qwertyuiopasdfghjkl',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    'Bartholomew Quigley 1984',
    'Nordwind Calls 2026!',
    'rollcall-rollcall-rollcall',
  ]) {
    const answer = await post('/password-resets/complete', { token, password: weak });
    expect(answer.json(), weak).toMatchObject({ code: 'weak_password', errors: [{ field: 'password' }] });
    expect(answer.json().errors[0].remedy).toContain('words');
  }
  expect((await post('/password-resets/complete', { token, password: 'x'.repeat(257) })).statusCode).toBe(
    422,
  );
  const long = `${better} ${'é'.repeat(20)} and then some more words until it is beyond sixty-four`;
  expect((await post('/password-resets/complete', { token, password: long })).statusCode).toBe(204);
  // The same characters in another Unicode form are the same password.
  expect((await signIn(agent.signInName, long.normalize('NFD'))).statusCode).toBe(200);
});

test('changes one’s own password, ends the other sessions and renews this one', async () => {
  const organization = await harness.createOrganization();
  const agent = await organization.addUser();
  const elsewhere = (await signIn(agent.signInName, password)).cookies[0]!;
  const change = (currentPassword: string, newPassword: string) =>
    agent.request('POST', '/api/v1/me/password', { currentPassword, newPassword });
  expect((await change('not the present one', better)).json()).toMatchObject({
    errors: [{ field: 'currentPassword' }],
  });
  expect((await change(password, 'passwordpassword')).json()).toMatchObject({
    errors: [{ field: 'newPassword' }],
  });
  expect((await change(password, password)).json()).toMatchObject({ errors: [{ field: 'newPassword' }] });

  const changed = await change(password, better);
  expect(changed.statusCode).toBe(204);
  const renewed = changed.cookies.find(({ name }) => name === 'rollcall_session')!;
  const me = (cookie: string) => harness.inject({ url: '/api/v1/me', headers: { cookie } });
  expect((await me(`rollcall_session=${renewed.value}`)).statusCode).toBe(200);
  expect((await me(agent.cookie)).statusCode).toBe(401);
  expect((await me(`rollcall_session=${elsewhere.value}`)).statusCode).toBe(401);
  expect((await mailsOf(organization)).map(({ template }) => template)).toEqual(['password-changed']);
});

test('a session that was taken over cannot try passwords without end', async () => {
  const { addUser } = await harness.createOrganization();
  const agent = await addUser();
  const change = () =>
    agent.request('POST', '/api/v1/me/password', { currentPassword: 'a guess', newPassword: better });
  const answers = [];
  for (let attempt = 0; attempt < 6; attempt += 1) answers.push((await change()).statusCode);
  expect(answers).toEqual([422, 422, 422, 422, 422, 429]);
});

test('a new password lets in whom somebody else’s attempts keep out', async () => {
  const organization = await harness.createOrganization();
  const agent = await organization.addUser();
  await Promise.all(Array.from({ length: 6 }, () => signIn(agent.signInName, 'somebody else’s guess')));
  expect((await signIn(agent.signInName, password)).statusCode).toBe(429);
  const token = await resetToken(organization, agent);
  expect((await post('/password-resets/complete', { token, password: better })).statusCode).toBe(204);
  expect((await signIn(agent.signInName, better)).statusCode).toBe(200);
});

test('an administrator starts a reset and sees no link; an agent cannot, nor another organization', async () => {
  const organization = await harness.createOrganization();
  const other = await harness.createOrganization('Other');
  const agent = await organization.addUser();
  const url = `/api/v1/users/${agent.id}/password-reset`;
  const answer = await organization.administrator.request('POST', url);
  expect(answer.statusCode).toBe(202);
  expect(answer.body).not.toContain('rcl_');
  expect((await mailsOf(organization))[0]!.values.startedBy).toBe('Ada Admin');
  expect((await agent.request('POST', url)).statusCode).toBe(403);
  expect((await other.administrator.request('POST', url)).statusCode).toBe(404);
  expect((await post(`/users/${agent.id}/password-reset`, {})).statusCode).toBe(401);
});

test('changes the address by a link to the new one, tells the old one, and moves the sign-in name', async () => {
  const organization = await harness.createOrganization();
  const agent = await organization.addUser();
  const taken = await organization.addUser();
  const ask = (email: string, currentPassword = password) =>
    agent.request('POST', '/api/v1/me/email', { email, currentPassword });
  expect((await ask('new@example.com', 'not the present one')).statusCode).toBe(422);
  expect((await ask('no address')).json()).toMatchObject({ errors: [{ field: 'email' }] });
  const tokenFor = async (email: string) => {
    expect((await ask(email)).statusCode).toBe(202);
    const mail = (await mailsOf(organization)).at(-1)!;
    expect(mail).toMatchObject({ template: 'email-change-confirm', to: email });
    return mail.values.link!.split('token=')[1]!;
  };
  const clash = await post('/email-changes/complete', {
    token: await tokenFor(taken.signInName.replace('user', 'USER')),
  });
  expect(clash.json()).toMatchObject({ code: 'duplicate_sign_in_name', errors: [{ field: 'email' }] });

  const reset = await resetToken(organization, agent);
  const token = await tokenFor('new@example.com');
  expect((await agent.request('GET', '/api/v1/me')).json().email).toBe(agent.signInName);
  const uses = await Promise.all([1, 2, 3].map(() => post('/email-changes/complete', { token })));
  expect(uses.map((use) => use.statusCode).sort()).toEqual([200, 410, 410]);
  expect((await mailsOf(organization)).at(-1)).toMatchObject({
    template: 'email-changed-notice',
    to: agent.signInName,
  });
  expect((await signIn(agent.signInName, password)).statusCode).toBe(401);
  expect((await signIn('new@example.com', password)).statusCode).toBe(200);
  expect((await post('/password-resets/complete', { token: reset, password: better })).statusCode).toBe(410);
});
