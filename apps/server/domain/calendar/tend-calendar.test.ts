import { afterEach, expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';
import { tendCalendars } from './calendar.workers.ts';

const harness = useHarness();
const start = new Date('2026-06-01T09:00:00Z');
harness.clock.now = start;
afterEach(() => {
  harness.clock.now = start;
});

const ada = { firstName: 'Grace', lastName: 'Hopper', role: 'agent' };

async function setUp(timeZone = 'UTC') {
  harness.clock.now = start;
  const organization = await harness.createOrganization();
  await organization.context(({ tx }) =>
    tx
      .updateTable('organizations')
      .set({ time_zone: timeZone, session_idle_minutes: 43_200 })
      .where('id', '=', organization.id)
      .execute(),
  );
  const read = (id: string) =>
    organization.context(({ tx }) =>
      tx.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    );
  return { ...organization, read };
}

test('a start date invites on its day, in the time zone of the organization, and once', async () => {
  const { administrator, read, context } = await setUp('Pacific/Auckland');
  const body = { ...ada, email: 'start@example.com', startDate: '2026-06-10' };
  const { id, status } = (await administrator.request('POST', '/api/v1/users', body)).json();
  expect(status).toBe('scheduled');
  // Midnight of the 10th in Auckland is noon of the 9th in UTC.
  harness.clock.now = new Date('2026-06-09T11:59:00Z');
  await tendCalendars(harness.deps);
  expect((await read(id)).status).toBe('scheduled');
  harness.clock.now = new Date('2026-06-09T12:01:00Z');
  await Promise.all([tendCalendars(harness.deps), tendCalendars(harness.deps)]);
  expect((await read(id)).status).toBe('invited');
  const invitations = await context(({ tx }) =>
    tx.selectFrom('invitations').select('state').where('user_id', '=', id).execute(),
  );
  expect(invitations).toEqual([{ state: 'queued' }]);
});

test('a last day ends the access at its end, and once', async () => {
  const { administrator, addUser, read, context } = await setUp('America/New_York');
  const agent = await addUser();
  await administrator.request(
    'PATCH',
    `/api/v1/users/${agent.id}`,
    { lastDay: '2026-06-05' },
    { 'if-match': '*' },
  );
  harness.clock.now = new Date('2026-06-06T03:59:00Z');
  await tendCalendars(harness.deps);
  expect((await agent.request('GET', '/api/v1/me')).statusCode).toBe(200);
  harness.clock.now = new Date('2026-06-06T04:01:00Z');
  await tendCalendars(harness.deps);
  await tendCalendars(harness.deps);
  expect((await agent.request('GET', '/api/v1/me')).statusCode).toBe(401);
  expect((await read(agent.id)).status).toBe('inactive');
  const records = await context(({ tx }) =>
    tx.selectFrom('off_boardings').select(['user_id', 'reason']).where('user_id', '=', agent.id).execute(),
  );
  expect(records).toEqual([{ user_id: agent.id, reason: 'The last day is over.' }]);
});

test('the last administrator stays when the last day is over; the first page warns', async () => {
  const { administrator, read, addUser } = await setUp();
  await administrator.request(
    'PATCH',
    `/api/v1/users/${administrator.id}`,
    { lastDay: '2026-06-02' },
    { 'if-match': '*' },
  );
  harness.clock.now = new Date('2026-06-04T12:00:00Z');
  await tendCalendars(harness.deps);
  expect((await read(administrator.id)).status).toBe('active');
  const { warnings } = (await administrator.request('GET', '/api/v1/home')).json();
  expect(warnings.map(({ code }: { code: string }) => code)).toEqual(
    expect.arrayContaining(['only_one_administrator', 'last_day_over']),
  );
  await addUser({ role: 'administrator' });
  await tendCalendars(harness.deps);
  expect((await read(administrator.id)).status).toBe('inactive');
});

test('a start date taken back invites at the next round', async () => {
  const { administrator, read } = await setUp();
  const body = { ...ada, email: 'soon@example.com', startDate: '2026-07-01' };
  const { id } = (await administrator.request('POST', '/api/v1/users', body)).json();
  await administrator.request('PATCH', `/api/v1/users/${id}`, { startDate: null }, { 'if-match': '*' });
  await tendCalendars(harness.deps);
  expect((await read(id)).status).toBe('invited');
});
