import { simpleParser } from 'mailparser';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { openMail } from '../../platform/mail/open-mail.ts';
import { bounceMessage } from '../../test/bounce-message.ts';
import { type TestOrganization, type TestUser, useHarness } from '../../test/harness.ts';
import { startImapServer } from '../../test/imap-server.ts';
import { inviteTestUser } from '../../test/invite-user.ts';
import { startMailServer } from '../../test/mail-server.ts';
import { runMailJobs } from '../../test/run-mail-jobs.ts';
import { readBounces } from './read-bounces.workers.ts';

const server = await startMailServer();
const imap = await startImapServer();
const mail = openMail({ smtpUrl: server.url, from: 'rollcall@example.com' })!;
const harness = useHarness({ extend: (deps) => ({ ...deps, mail }) });
afterAll(async () => {
  mail.transport.close();
  await server.close();
  await imap.close();
});
beforeEach(() => {
  server.mails.length = 0;
});

const post = (user: TestUser, raw: string, type = 'message/rfc822') =>
  harness.inject({
    method: 'POST',
    url: '/api/v1/mail/bounces',
    headers: { cookie: user.cookie, origin: 'http://127.0.0.1:3000', 'content-type': type },
    payload: raw,
  });

async function inviteAndSend(organization: TestOrganization) {
  const invited = await inviteTestUser(organization);
  await runMailJobs(harness);
  const raw = server.mails.find(({ to }) => to[0] === invited.email)!.raw;
  const messageId = (await simpleParser(raw)).messageId!;
  const state = async () =>
    (await organization.administrator.request('GET', `/api/v1/users/${invited.userId}/invitations`)).json()
      .items[0];
  return { ...invited, messageId, state };
}

test('a report on a mail of ours marks the invitation as bounced, with the reason, however often it comes', async () => {
  const organization = await harness.createOrganization();
  const { userId, email, messageId, state } = await inviteAndSend(organization);
  for (let time = 0; time < 2; time++) {
    const answer = await post(
      organization.administrator,
      bounceMessage({ messageId, recipient: email.toUpperCase() }),
    );
    expect(answer.json()).toEqual({ outcome: 'noted', why: null });
  }
  expect(await state()).toMatchObject({ state: 'bounced', mailState: 'bounced', stuck: true });
  expect((await state()).reason).toContain('5.1.1 550 5.1.1 User unknown');
  const { rows } = await harness.deps.db.pool.query(
    `select 1 from audit_events where target_id = $1 and action = 'invitation.bounced'`,
    [userId],
  );
  expect(rows).toHaveLength(1);
});

test('a forged report changes nothing: unknown mail, other address, other organization, no report, only a delay', async () => {
  const organization = await harness.createOrganization('One');
  const other = await harness.createOrganization('Two');
  const { email, messageId, state } = await inviteAndSend(organization);
  const guessed = messageId.replace(/^<.{26}/, '<00000000000000000000000000');
  const forged: [TestUser, string][] = [
    [organization.administrator, bounceMessage({ messageId: guessed, recipient: email })],
    [organization.administrator, bounceMessage({ messageId, recipient: 'somebody@else.example' })],
    [other.administrator, bounceMessage({ messageId, recipient: email })],
    [organization.administrator, bounceMessage({ messageId, recipient: email, action: 'delayed' })],
    [organization.administrator, `Subject: Undeliverable\r\nMessage-ID: ${messageId}\r\n\r\n${email} failed`],
    [organization.administrator, ''],
  ];
  for (const [who, raw] of forged) {
    const answer = await post(who, raw);
    expect(answer.json().outcome ?? answer.json().code).not.toBe('noted');
  }
  expect(await state()).toMatchObject({ state: 'sent', bouncedAt: null });
});

test('a mail system reports bounces with an API key that may do nothing else', async () => {
  const organization = await harness.createOrganization();
  const { email, messageId, state } = await inviteAndSend(organization);
  const created = await organization.administrator.request('POST', '/api/v1/api-keys', {
    name: 'Mail system',
    permissions: ['mail:manage'],
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const answer = await harness.inject({
    method: 'POST',
    url: '/api/v1/mail/bounces',
    headers: { authorization: `Bearer ${created.json().secret}`, 'content-type': 'message/rfc822' },
    payload: bounceMessage({ messageId, recipient: email }),
  });
  expect(answer.json()).toEqual({ outcome: 'noted', why: null });
  expect((await state()).state).toBe('bounced');
});

test('only who manages mail may report bounces, and only as a raw message', async () => {
  const organization = await harness.createOrganization();
  const agent = await organization.addUser();
  expect((await post(agent, 'x')).statusCode).toBe(403);
  expect(
    (
      await harness.inject({
        method: 'POST',
        url: '/api/v1/mail/bounces',
        headers: { 'content-type': 'message/rfc822' },
        payload: 'x',
      })
    ).statusCode,
  ).toBe(401);
  expect((await post(organization.administrator, '{}', 'application/json')).json().code).toBe(
    'unsupported_media_type',
  );
});

test('what comes to the bounce mailbox finds its organization, by our Message-ID or the mail server’s', async () => {
  const one = await inviteAndSend(await harness.createOrganization('One'));
  const two = await inviteAndSend(await harness.createOrganization('Two'));
  const given = '<AM9PR04.1234@AM9PR04.eurprd04.prod.outlook.com>';
  await harness.deps.db.pool.query('update mails set server_message_id = $1 where message_id = $2', [
    given,
    two.messageId,
  ]);
  await harness.deps.db.pool.query(
    'insert into server_message_ids select $1, organization_id from mails where message_id = $2',
    [given, two.messageId],
  );
  const mailbox = readBounces(harness.deps, imap.url, () => {});
  imap.deliver('From: spammer@example.net\r\nSubject: Hello\r\n\r\nBuy now');
  imap.deliver(bounceMessage({ messageId: one.messageId, recipient: one.email }));
  imap.deliver(bounceMessage({ messageId: given, recipient: two.email }));
  imap.deliver(bounceMessage({ messageId: '<x@nowhere.example>', recipient: two.email }));
  await vi.waitFor(() => expect(imap.seen()).toEqual([true, true, true, true]), { timeout: 10_000 });
  await mailbox.stop();
  expect((await one.state()).state).toBe('bounced');
  expect((await two.state()).state).toBe('bounced');
});

test('a server that gives a mail its own Message-ID is remembered for its bounces', async () => {
  const organization = await harness.createOrganization();
  const { userId, email } = await inviteTestUser(organization);
  const given = '<DB7.77@DB7PR03MB1.eurprd03.prod.outlook.com>';
  // As Microsoft 365 answers; the server of the tests has words of its own.
  const transport = {
    ...mail.transport,
    send: async () => ({
      outcome: 'accepted' as const,
      serverResponse: `250 2.0.0 OK ${given}`,
      serverMessageId: given,
    }),
  };
  await runMailJobs(harness, undefined, { ...harness.deps, mail: { ...mail, transport } });
  const answer = await post(
    organization.administrator,
    bounceMessage({ messageId: given, recipient: email }),
  );
  expect(answer.json().outcome).toBe('noted');
  const { rows } = await harness.deps.db.pool.query(
    'select organization_id from server_message_ids where message_id = $1',
    [given],
  );
  expect(rows).toEqual([{ organization_id: organization.id }]);
  const history = await organization.administrator.request('GET', `/api/v1/users/${userId}/invitations`);
  expect(history.json().items[0].state).toBe('bounced');
});
