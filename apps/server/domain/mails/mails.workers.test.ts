import { afterAll, expect, test, vi } from 'vitest';
import { openJobs } from '../../db/open-jobs.ts';
import { openMail } from '../../platform/mail/open-mail.ts';
import { bounceMessage } from '../../test/bounce-message.ts';
import { useHarness } from '../../test/harness.ts';
import { startImapServer } from '../../test/imap-server.ts';
import { inviteTestUser } from '../../test/invite-user.ts';
import { startMailServer } from '../../test/mail-server.ts';
import { startMailWorkers, tendInvitations } from './mails.workers.ts';

const server = await startMailServer();
const imap = await startImapServer();
const mail = openMail({ smtpUrl: server.url, from: 'rollcall@example.com', bouncesUrl: imap.url })!;
const harness = useHarness({
  extend: (deps) => ({ ...deps, mail, clock: () => new Date() }),
});
afterAll(async () => {
  mail.transport.close();
  await server.close();
  await imap.close();
});

test('a running node sends what was queued while it was off, tries again by itself, and reads bounces', async () => {
  const organization = await harness.createOrganization();
  const { userId, email } = await inviteTestUser(organization);
  await server.down();
  const jobs = await openJobs(harness.deps.db, { worker: true });
  const workers = await startMailWorkers({ ...harness.deps, jobs }, jobs);
  const latest = async () =>
    (await organization.administrator.request('GET', `/api/v1/users/${userId}/invitations`)).json().items[0];
  await vi.waitFor(async () => expect((await latest()).mailState).toBe('deferred'), { timeout: 20_000 });
  await server.up();
  await vi.waitFor(async () => expect((await latest()).state).toBe('sent'), { timeout: 60_000 });
  const { rows } = await harness.deps.db.pool.query(
    'select message_id, attempts from mails where organization_id = $1',
    [organization.id],
  );
  expect(rows[0].attempts).toBeGreaterThan(1);
  imap.deliver(bounceMessage({ messageId: rows[0].message_id, recipient: email }));
  await vi.waitFor(async () => expect((await latest()).state).toBe('bounced'), { timeout: 20_000 });
  await workers.stop();
  await jobs.stop();
}, 120_000);

test('a mail whose job was lost is found again', async () => {
  const organization = await harness.createOrganization();
  await inviteTestUser(organization);
  const { pool } = harness.deps.db;
  const jobsOf = async () =>
    (
      await pool.query(
        `select 1 from pgboss.job where name = 'deliver-mail' and data->>'organizationId' = $1`,
        [organization.id],
      )
    ).rows.length;
  await pool.query(`delete from pgboss.job where name = 'deliver-mail'`);
  await tendInvitations(harness.deps);
  expect(await jobsOf()).toBe(0);
  await pool.query(`update mails set created_at = now() - interval '1 hour' where organization_id = $1`, [
    organization.id,
  ]);
  await tendInvitations(harness.deps);
  await tendInvitations(harness.deps);
  expect(await jobsOf()).toBe(1);
});
