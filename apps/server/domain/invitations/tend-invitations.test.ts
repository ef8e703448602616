import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openMail } from '../../platform/mail/open-mail.ts';
import { publicUrl, type TestOrganization, useHarness } from '../../test/harness.ts';
import { inviteTestUser } from '../../test/invite-user.ts';
import { startMailServer } from '../../test/mail-server.ts';
import { runMailJobs } from '../../test/run-mail-jobs.ts';
import { tendInvitations } from '../mails/mails.workers.ts';
import { takesSeat } from './takes-seat.ts';

const server = await startMailServer();
const mail = openMail({ smtpUrl: server.url, from: 'rollcall@example.com' })!;
const harness = useHarness({ extend: (deps) => ({ ...deps, mail }) });
afterAll(async () => {
  mail.transport.close();
  await server.close();
});
let start: Date;
beforeEach(() => {
  server.mails.length = 0;
  start = new Date();
  harness.clock.now = start;
});

async function atDay(day: number) {
  harness.clock.now = new Date(start.getTime() + day * 86_400_000);
  await tendInvitations(harness.deps);
  await runMailJobs(harness);
}

const seatsOf = (organization: TestOrganization, userId: string) =>
  organization.context(async (ctx) => {
    const { rows } = await sql<{ seat: boolean }>`
      select ${takesSeat(ctx.now)} as seat from users u
      where u.organization_id = ${ctx.organizationId} and u.id = ${userId}`.execute(ctx.tx);
    return rows[0]!.seat;
  });

/** By a system context: the administrator's session is over after a week. */
async function current(organization: TestOrganization, userId: string) {
  return organization.context(async (ctx) => {
    const { rows } = await sql<{ state: string; reminded_at: Date | null }>`
      select state, reminded_at from invitations
      where organization_id = ${ctx.organizationId} and user_id = ${userId} and superseded_at is null`.execute(
      ctx.tx,
    );
    return rows[0]!;
  });
}

const tokens = () =>
  server.mails.map(({ raw }) => /#token=3D(rci_[\w-]+)/.exec(raw.replace(/=\r\n/g, ''))![1]!);

const accept = (token: string) =>
  harness.inject({
    method: 'POST',
    url: '/api/v1/invitations/accept',
    headers: { origin: publicUrl },
    payload: {
      token,
      firstName: 'Grace',
      lastName: 'Hopper',
      password: 'Rhubarb trombone over Lisbon',
      timeZone: 'UTC',
    },
  });

test('reminds once, two days before the end; both links work, and either consumes the invitation', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  await runMailJobs(harness);
  await atDay(4.9);
  expect(server.mails).toHaveLength(1);
  await atDay(5.1);
  await atDay(5.2);
  await atDay(6);
  expect(server.mails).toHaveLength(2);
  expect(server.mails[1]!.raw).toContain('expires soon');
  const [first, reminder] = tokens();
  expect(first).not.toBe(reminder);
  expect((await accept(reminder!)).statusCode).toBe(200);
  expect((await accept(first!)).json().detail).toContain('accepted already');
  expect(await current(organization, userId)).toMatchObject({ state: 'accepted' });
  await atDay(8);
  expect(await current(organization, userId)).toMatchObject({ state: 'accepted' });
});

test('the first link still works after the reminder', async () => {
  const organization = await harness.createOrganization();
  await inviteTestUser(organization);
  await runMailJobs(harness);
  await atDay(5.5);
  const [first, reminder] = tokens();
  expect((await accept(first!)).statusCode).toBe(200);
  expect((await accept(reminder!)).statusCode).toBe(410);
});

test('an invitation that nobody accepts expires after seven days, in the audit too, and takes no seat', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const waiting = await inviteTestUser(organization);
  expect(await seatsOf(organization, userId)).toBe(true);
  await atDay(6.9);
  expect(await seatsOf(organization, userId)).toBe(true);
  harness.clock.now = new Date(start.getTime() + 7.01 * 86_400_000);
  expect(await seatsOf(organization, userId)).toBe(false);
  await atDay(7.01);
  await atDay(7.02);
  expect(await current(organization, userId)).toMatchObject({ state: 'expired' });
  expect(await current(organization, waiting.userId)).toMatchObject({ state: 'expired' });
  expect(await seatsOf(organization, userId)).toBe(false);
  const { rows } = await harness.deps.db.pool.query(
    `select actor_kind from audit_events where target_id = $1 and action = 'invitation.expired'`,
    [userId],
  );
  expect(rows).toEqual([{ actor_kind: 'system' }]);
});

test('a revoked invitation takes no seat, a new one takes it again', async () => {
  const organization = await harness.createOrganization();
  const { userId } = await inviteTestUser(organization);
  const { administrator } = organization;
  await administrator.request('DELETE', `/api/v1/users/${userId}/invitation`);
  expect(await seatsOf(organization, userId)).toBe(false);
  await administrator.request('POST', `/api/v1/users/${userId}/invitation`);
  expect(await seatsOf(organization, userId)).toBe(true);
  expect(await seatsOf(organization, administrator.id)).toBe(true);
  await runMailJobs(harness);
});

test('nobody is reminded whose mail never arrived', async () => {
  const organization = await harness.createOrganization();
  const { userId, email } = await inviteTestUser(organization);
  server.behave({ answer: 550, words: '5.1.1 No such user' });
  await runMailJobs(harness);
  server.behave('accept');
  await atDay(5.5);
  expect(server.mails.filter(({ to }) => to[0] === email)).toEqual([]);
  expect(await current(organization, userId)).toEqual({ state: 'refused', reminded_at: null });
});
