import { simpleParser } from 'mailparser';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openMail } from '../../platform/mail/open-mail.ts';
import { useHarness } from '../../test/harness.ts';
import { inviteTestUser } from '../../test/invite-user.ts';
import { startMailServer } from '../../test/mail-server.ts';
import { runMailJobs } from '../../test/run-mail-jobs.ts';
import { claimMails } from './claim-mails.ts';
import { deliverMails } from './deliver-mails.workers.ts';
import { watchForOutages } from './mail-back-off.ts';
import { queueMail } from './queue-mail.ts';

const server = await startMailServer();
const mail = openMail({ smtpUrl: server.url, from: 'Rollcall <rollcall@example.com>' })!;
const harness = useHarness({ extend: (deps) => ({ ...deps, mail }) });
afterAll(async () => {
  mail.transport.close();
  await server.close();
});
beforeEach(async () => {
  server.behave('accept');
  await server.down();
  await server.up();
  server.mails.length = 0;
  harness.clock.now = new Date();
});

const minutes = (count: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + count * 60_000);
};

async function historyOf(organization: Awaited<ReturnType<typeof harness.createOrganization>>, id: string) {
  return (await organization.administrator.request('GET', `/api/v1/users/${id}/invitations`)).json().items;
}

test('an invitation goes out in HTML and text, in its reader’s language, and says that it was sent', async () => {
  const organization = await harness.createOrganization('Hafen & Söhne');
  const { userId, email } = await inviteTestUser(organization, { locale: 'de-AT' });
  expect((await historyOf(organization, userId))[0]).toMatchObject({ state: 'queued', sentAt: null });
  await runMailJobs(harness);
  const [received] = server.mails;
  expect(received!.to).toEqual([email]);
  const message = await simpleParser(received!.raw);
  expect(message.subject).toBe('Ihre Einladung zu Hafen & Söhne');
  expect(message.html).toContain('/accept-invitation#token=rci_');
  expect(message.text).toContain('/accept-invitation#token=rci_');
  expect(message.from?.text).toContain('Hafen & Söhne');
  expect((await historyOf(organization, userId))[0]).toMatchObject({
    state: 'sent',
    sentAt: expect.any(String),
    stuck: false,
  });
  const stored = await harness.deps.db.pool.query(
    'select state, content, message_id from mails where organization_id = $1',
    [organization.id],
  );
  expect(stored.rows).toEqual([{ state: 'sent', content: null, message_id: message.messageId }]);
  const audit = await harness.deps.db.pool.query(
    `select actor_kind from audit_events where organization_id = $1 and action = 'invitation.sent'`,
    [organization.id],
  );
  expect(audit.rows).toEqual([{ actor_kind: 'system' }]);
});

test('while it waits, its link cannot be read in the database', async () => {
  const organization = await harness.createOrganization();
  await inviteTestUser(organization);
  const { rows } = await harness.deps.db.pool.query('select * from mails where organization_id = $1', [
    organization.id,
  ]);
  expect(rows[0].content.toString('latin1')).not.toContain('rci_');
  expect(JSON.stringify(rows)).not.toContain('rci_');
  await runMailJobs(harness);
});

test('a mail server that is down for an hour delays mails and loses none', async () => {
  const organization = await harness.createOrganization();
  const invited = await Promise.all([1, 2, 3].map(() => inviteTestUser(organization)));
  await server.down();
  const outages = watchForOutages();
  let attempts = 0;
  for (let minute = 0; minute < 60; minute++) {
    attempts += await runMailJobs(harness, outages);
    minutes(1);
  }
  expect(attempts).toBeLessThan(120);
  const waiting = (await historyOf(organization, invited[0]!.userId))[0];
  expect(waiting).toMatchObject({ state: 'queued', mailState: 'deferred', stuck: true });
  expect(waiting.reason).toMatch(/has not taken the mail yet: “.+”/);
  const overview = (await organization.administrator.request('GET', '/api/v1/mail')).json();
  expect(overview).toMatchObject({ configured: true, counts: { deferred: 3, sent: 0 } });
  expect(overview.failures[0]).toMatchObject({ state: 'deferred', nextAttemptAt: expect.any(String) });

  await server.up();
  for (let minute = 0; minute < 15; minute++) {
    minutes(1);
    await runMailJobs(harness, outages);
  }
  expect(server.mails.map(({ to }) => to[0]).sort()).toEqual(invited.map(({ email }) => email).sort());
  for (const { userId } of invited)
    expect((await historyOf(organization, userId))[0]).toMatchObject({ state: 'sent', stuck: false });
});

test('a refusal is final, and everybody can read the server’s words', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  server.behave({ answer: 550, words: '5.1.1 No such user here' });
  await runMailJobs(harness);
  const [refused] = await historyOf(organization, userId);
  expect(refused).toMatchObject({ state: 'refused', stuck: true });
  expect(refused.reason).toContain('5.1.1 No such user here');
  server.behave('accept');
  minutes(60);
  expect(await runMailJobs(harness)).toBe(0);
  const stuck = await organization.administrator.request('GET', '/api/v1/invitations?stuck=true');
  expect(stuck.json().items).toMatchObject([{ userId, state: 'refused', userName: 'Grace Hopper' }]);
  const calm = await organization.administrator.request('GET', '/api/v1/invitations?state=sent&state=queued');
  expect(calm.json().items).toEqual([]);
});

test('greylisting delays one recipient without holding up the others', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  server.behave({ answer: 451, words: '4.7.1 Greylisted' });
  const outages = watchForOutages();
  await runMailJobs(harness, outages);
  expect(outages.present(harness.clock.now)).toBeNull();
  server.behave('accept');
  const other = await inviteTestUser(organization);
  await runMailJobs(harness, outages);
  expect((await historyOf(organization, other.userId))[0].state).toBe('sent');
  minutes(1);
  await runMailJobs(harness, outages);
  expect((await historyOf(organization, userId))[0].state).toBe('sent');
});

test('a crash between sending and noting it sends once more, with the same Message-ID', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const { rows } = await harness.deps.db.pool.query('select id from mails where organization_id = $1', [
    organization.id,
  ]);
  const mailIds = [rows[0].id as string];
  // What a node does until it dies: claim, send, and no more.
  const { claimed } = await organization.context((ctx) => claimMails(ctx, mailIds, mail.domain));
  const { rendered, to, messageId } = claimed[0]!;
  await mail.transport.send({ ...rendered!, to, messageId });
  await runMailJobs(harness);
  expect(server.mails).toHaveLength(1);
  expect((await historyOf(organization, userId))[0].state).toBe('queued');
  minutes(6);
  await runMailJobs(harness);
  const ids = await Promise.all(server.mails.map(async ({ raw }) => (await simpleParser(raw)).messageId));
  expect(ids).toEqual([messageId, messageId]);
  expect((await historyOf(organization, userId))[0].state).toBe('sent');
});

test('a server that hangs up after the message gets the same Message-ID again', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  server.behave('drop');
  const outages = watchForOutages();
  await runMailJobs(harness, outages);
  server.behave('accept');
  minutes(5);
  await runMailJobs(harness, outages);
  const ids = new Set(
    await Promise.all(server.mails.map(async ({ raw }) => (await simpleParser(raw)).messageId)),
  );
  expect(server.mails.length).toBeGreaterThan(1);
  expect(ids.size).toBe(1);
  expect((await historyOf(organization, userId))[0].state).toBe('sent');
});

test('two nodes that take the same job send each mail once', async () => {
  const organization = await harness.createOrganization();
  for (let count = 0; count < 6; count++) await inviteTestUser(organization);
  const { rows } = await harness.deps.db.pool.query('select id from mails where organization_id = $1', [
    organization.id,
  ]);
  const job = { organizationId: organization.id, mailIds: rows.map(({ id }) => id as string) };
  await Promise.all([1, 2, 3].map(() => deliverMails(harness.deps, job, watchForOutages())));
  expect(server.mails).toHaveLength(6);
  expect(new Set(server.mails.flatMap(({ to }) => to)).size).toBe(6);
});

test('what is rolled back or revoked is never sent', async () => {
  const organization = await harness.createOrganization();
  await organization
    .context(async (ctx) => {
      await queueMail(ctx, [
        {
          template: 'start-day',
          to: 'nobody@example.com',
          language: 'en',
          values: {
            organizationName: 'X',
            firstName: 'Y',
            userName: 'Z',
            startDate: '2026-12-01',
            link: 'http://127.0.0.1/',
          },
        },
      ]);
      throw new Error('rolled back');
    })
    .catch(() => {});
  const { userId } = await inviteTestUser(organization);
  await organization.administrator.request('DELETE', `/api/v1/users/${userId}/invitation`);
  await runMailJobs(harness);
  expect(server.mails).toEqual([]);
  expect((await historyOf(organization, userId))[0]).toMatchObject({
    state: 'revoked',
    mailState: 'cancelled',
  });
});

test('resending voids the first link, and only the second mail goes out', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const resent = await organization.administrator.request('POST', `/api/v1/users/${userId}/invitation`);
  expect(resent.statusCode).toBe(201);
  expect(resent.json()).toMatchObject({ state: 'queued', current: true, invitedBy: 'Ada Admin' });
  await runMailJobs(harness);
  expect(server.mails).toHaveLength(1);
  const message = await simpleParser(server.mails[0]!.raw);
  expect(message.subject).toBe('Ada Admin invited you to Nordwind Calls');
  const [latest, first] = await historyOf(organization, userId);
  expect(latest).toMatchObject({ state: 'sent', current: true });
  expect(first).toMatchObject({
    state: 'revoked',
    current: false,
    reason: 'A newer one has taken its place.',
  });
});

test('only who may manage invitations sends, revokes and copies them', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const agent = await organization.addUser();
  for (const [method, url] of [
    ['GET', '/api/v1/invitations'],
    ['GET', `/api/v1/users/${userId}/invitations`],
    ['POST', `/api/v1/users/${userId}/invitation`],
    ['POST', `/api/v1/users/${userId}/invitation/link`],
    ['DELETE', `/api/v1/users/${userId}/invitation`],
  ] as const) {
    expect((await agent.request(method, url)).statusCode).toBe(403);
    expect((await harness.inject({ method, url })).statusCode).toBe(401);
  }
  const active = await organization.administrator.request('POST', `/api/v1/users/${agent.id}/invitation`);
  expect(active.statusCode).toBe(409);
  expect(active.json().detail).toContain('has accepted an invitation already');
  await runMailJobs(harness);
});
