import { spawn } from 'node:child_process';
import type { Operation } from '@rollcall/contract/operations';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';
import { addGroup, addUsers, operationsOn } from '../../test/operations.ts';

const harness = useHarness();
const { start, run, read, rowsOf } = operationsOn(harness);

test('goes on exactly where a killed process has left it', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const userIds = await addUsers(organization, 4000);
  const { id }: Operation = (
    await start(organization, { kind: 'add_to_group', parameters: { groupId }, selection: { userIds } })
  ).json();
  const here = JSON.stringify(import.meta.dirname);
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { openDatabase } = await import(${here} + '/../../db/open-database.ts');
       const { runOperation } = await import(${here} + '/operations.workers.ts');
       const db = openDatabase(process.env.URL);
       await runOperation({ db, clock: () => new Date(), installation: {} }, { organizationId: '${organization.id}', operationId: '${id}' });`,
    ],
    { env: { ...process.env, URL: harness.databaseUrl }, stdio: 'inherit' },
  );
  const exited = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  for (let done = 0; done < 500; ) done = (await read(organization, id)).done;
  child.kill('SIGKILL');
  expect(await exited).toBe('SIGKILL');
  const { done } = await read(organization, id);
  expect(done % 500).toBe(0);
  // The database may still be rolling the dead process's last chunk back.
  while ((await read(organization, id)).state !== 'finished') {
    await run(organization, { id });
  }
  expect(await read(organization, id)).toMatchObject({
    state: 'finished',
    done: 4000,
    changed: 4000,
    unchanged: 0,
  });
  const { rows } = await organization.context((ctx) =>
    sql<{
      count: number;
    }>`select count(*) from audit_events where organization_id = ${organization.id} and action = 'group.member_added'`.execute(
      ctx.tx,
    ),
  );
  expect(rows[0]!.count).toBe(4000);
});

test('two processes at one operation do each row once', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const userIds = await addUsers(organization, 1500);
  const operation: Operation = (
    await start(organization, { kind: 'add_to_group', parameters: { groupId }, selection: { userIds } })
  ).json();
  await Promise.all([
    run(organization, operation),
    run(organization, operation),
    run(organization, operation),
  ]);
  expect(await read(organization, operation.id)).toMatchObject({
    state: 'finished',
    done: 1500,
    changed: 1500,
  });
});

test('stops when its requester has been deactivated, and runs with what they may do now', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const user = await organization.addUser();
  const second = await organization.addUser({ role: 'administrator', firstName: 'Sam', lastName: 'Second' });
  const body = { kind: 'add_to_group', parameters: { groupId }, selection: { userIds: [user.id] } };
  const first: Operation = (await second.request('POST', '/api/v1/operations', body)).json();
  const other: Operation = (await second.request('POST', '/api/v1/operations', body)).json();
  const setRole = (role: string) =>
    organization.context((ctx) =>
      sql`update role_assignments set role_id = ${role} where organization_id = ${organization.id} and user_id = ${second.id}`.execute(
        ctx.tx,
      ),
    );
  await setRole(organization.roles.agent);
  await run(organization, first);
  expect(await read(organization, first.id)).toMatchObject({ state: 'stopped', done: 0 });
  expect((await read(organization, first.id)).stopReason).toContain('groups:manage');
  await setRole(organization.roles.administrator);
  await organization.administrator.request('POST', `/api/v1/users/${second.id}/deactivate`, {});
  await run(organization, other);
  expect(await read(organization, other.id)).toMatchObject({
    state: 'stopped',
    stopReason: 'Sam Second may no longer act here.',
  });
  expect(await rowsOf(organization, other.id)).toMatchObject([{ userId: user.id, outcome: 'skipped' }]);
});

test('cancels before it has begun, and not what has ended', async () => {
  const organization = await harness.createOrganization();
  const groupId = await addGroup(organization);
  const user = await organization.addUser();
  const operation: Operation = (
    await start(organization, {
      kind: 'add_to_group',
      parameters: { groupId },
      selection: { userIds: [user.id] },
    })
  ).json();
  const cancel = () =>
    organization.administrator.request('POST', `/api/v1/operations/${operation.id}/cancel`);
  expect((await cancel()).json().cancelRequestedAt).not.toBeNull();
  await run(organization, operation);
  expect(await read(organization, operation.id)).toMatchObject({ state: 'cancelled', changed: 0 });
  expect((await cancel()).json().code).toBe('wrong_status');
});
