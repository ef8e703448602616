import { Resolver } from 'node:dns/promises';
import { afterAll, expect, test } from 'vitest';
import { chooseMailLanguage } from '../../platform/mail/mail-content.ts';
import { openMail } from '../../platform/mail/open-mail.ts';
import { startDnsServer } from '../../test/dns-server.ts';
import { publicUrl, type TestOrganization, useHarness } from '../../test/harness.ts';
import { inviteTestUser } from '../../test/invite-user.ts';
import { startMailServer } from '../../test/mail-server.ts';
import { runMailJobs } from '../../test/run-mail-jobs.ts';
import { actingAs } from '../context.ts';
import { queueMail } from './queue-mail.ts';
import { readMail } from './read-mail.ts';

const dns = await startDnsServer();
const harness = useHarness({
  extend: (deps) => {
    const resolver = new Resolver({ timeout: 2_000, tries: 1 });
    resolver.setServers([dns.address]);
    return { ...deps, resolver };
  },
});
afterAll(() => dns.close());

const reset = {
  organizationName: 'Nordwind Calls',
  firstName: 'Ada',
  userName: 'ada@example.com',
  link: 'http://127.0.0.1:3000/reset-password#token=rcl_secret',
  expiresAt: '2026-12-01T08:30:00Z',
  timeZone: 'UTC',
};

const queueReset = (organization: TestOrganization) =>
  organization.context(async (ctx) => {
    const [id] = await queueMail(ctx, [
      {
        template: 'password-reset',
        to: 'ada@example.com',
        language: chooseMailLanguage('en'),
        values: reset,
      },
    ]);
    return id!;
  });

test('without a mail server mails are kept, the page says so, and the link in one can be handed over', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const { userId, email } = await inviteTestUser(organization);
  await runMailJobs(harness);
  const overview = (await administrator.request('GET', '/api/v1/mail')).json();
  expect(overview).toMatchObject({ configured: false, from: null, counts: { kept: 1, sent: 0 } });
  const [kept] = (await administrator.request('GET', '/api/v1/mail/messages?state=kept')).json().items;
  expect(kept).toMatchObject({ template: 'invitation', to: email, userId });
  const shown = (await administrator.request('GET', `/api/v1/mail/${kept.id}`)).json();
  expect(shown).toMatchObject({ subject: 'Your invitation to Nordwind Calls', linkHidden: false });
  const token = /#token=(rci_[\w-]+)/.exec(shown.html)![1]!;
  expect(shown.text).toContain(token);
  const offer = await harness.inject({
    method: 'POST',
    url: '/api/v1/invitations/read',
    headers: { origin: publicUrl },
    payload: { token },
  });
  expect(offer.json()).toMatchObject({ email });
  const history = await administrator.request('GET', `/api/v1/users/${userId}/invitations`);
  expect(history.json().items[0]).toMatchObject({
    state: 'queued',
    mailState: 'kept',
    stuck: true,
    reason: 'No mail server is configured, so the mail is kept. Copy the link and hand it over.',
  });
  const { rows } = await harness.deps.db.pool.query(
    `select count(*) as count from audit_events where organization_id = $1 and action = 'mail.read'`,
    [organization.id],
  );
  expect(rows[0].count).toBe(1);
});

test('a link that replaces a password is hidden from who may not give roles', async () => {
  const organization = await harness.createOrganization();
  const id = await queueReset(organization);
  const full = await organization.administrator.request('GET', `/api/v1/mail/${id}`);
  expect(full.json().text).toContain('rcl_secret');
  const limited = await organization.context((ctx) =>
    readMail(
      actingAs(ctx, {
        kind: 'user',
        userId: organization.administrator.id,
        sessionId: '',
        name: 'Mail manager',
        grants: new Map([
          ['mail:manage', 'organization'],
          ['invitations:manage', 'organization'],
        ]),
        ip: null,
      }),
      id,
    ),
  );
  expect(limited.linkHidden).toBe(true);
  expect(`${limited.html}${limited.text}`).not.toContain('rcl_secret');
  expect(limited.text).toContain('Choose a new password');
});

test('mails of another organization and of nobody’s right stay unseen', async () => {
  const organization = await harness.createOrganization('One');
  const other = await harness.createOrganization('Two');
  const id = await queueReset(organization);
  expect((await other.administrator.request('GET', `/api/v1/mail/${id}`)).statusCode).toBe(404);
  expect((await other.administrator.request('GET', '/api/v1/mail/messages')).json().items).toEqual([]);
  const agent = await organization.addUser();
  for (const [method, url, body] of [
    ['GET', '/api/v1/mail', undefined],
    ['GET', '/api/v1/mail/messages', undefined],
    ['GET', `/api/v1/mail/${id}`, undefined],
    ['POST', '/api/v1/mail/test', { to: 'a@example.com' }],
    ['POST', '/api/v1/mail/check', undefined],
  ] as const) {
    expect((await agent.request(method, url, body)).statusCode).toBe(403);
    expect((await harness.inject({ method, url, ...(body ? { payload: body } : {}) })).statusCode).toBe(401);
  }
});

test('the test mail tells what came of it', async () => {
  const organization = await harness.createOrganization();
  const { administrator } = organization;
  const bad = await administrator.request('POST', '/api/v1/mail/test', { to: 'nobody' });
  expect(bad.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'to' }] });
  const queued = await administrator.request('POST', '/api/v1/mail/test', { to: 'ada@example.com' });
  expect(queued.statusCode).toBe(202);
  expect(queued.json()).toMatchObject({ state: 'queued', template: 'test-mail' });
  const server = await startMailServer();
  const mail = openMail({ smtpUrl: server.url, from: 'rollcall@example.com' })!;
  await runMailJobs(harness, undefined, { ...harness.deps, mail });
  const result = await administrator.request('GET', queued.headers.location as string);
  expect(result.json()).toMatchObject({
    state: 'sent',
    words: expect.stringContaining('queued as 4A1B2C3D'),
    html: null,
  });
  mail.transport.close();
  await server.close();
});

test('the check of the sender says in plain words what is missing', async () => {
  const { administrator } = await harness.createOrganization();
  const unconfigured = await administrator.request('POST', '/api/v1/mail/check');
  expect(unconfigured.statusCode).toBe(409);
  expect(unconfigured.json().detail).toContain('Set SMTP_URL and MAIL_FROM');
  dns.serve({ 'example.com': { TXT: ['v=spf1 -all'], MX: [[10, 'mx.example.com']] } });
  const mail = openMail({ smtpUrl: 'smtp://127.0.0.1:1', from: 'rollcall@example.com' })!;
  harness.deps.mail = mail;
  const checked = await administrator.request('POST', '/api/v1/mail/check');
  harness.deps.mail = null;
  expect(checked.statusCode).toBe(200);
  const findings = checked.json().findings as { check: string; state: string; explanation: string }[];
  expect(findings.find(({ check }) => check === 'dmarc')).toMatchObject({ state: 'missing' });
  expect(findings.every(({ explanation }) => explanation.length > 20)).toBe(true);
});
