import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadConfig } from '../config.ts';
import { clusterFolder, readDataMajor } from '../db/embedded/cluster-folder.ts';
import { locateBinaries } from '../db/embedded/locate-binaries.ts';
import { livingPostmaster, stopPostmaster } from '../db/embedded/run-postmaster.ts';
import { startEmbeddedPostgres } from '../db/embedded/start-embedded-postgres.ts';
import { migrate, readMigrations } from '../db/migrate.ts';
import { verifyAudit } from '../domain/audit/verify-audit.ts';
import { createUsers } from '../domain/users/create-users.ts';
import { inContext } from '../edge/in-context.ts';
import { createFirstOrganization } from '../edge/set-up-installation.ts';
import { keepSecret } from '../keep-secret.ts';
import { type OpenedInstallation, openInstallation } from '../open-installation.ts';
import type { Harness } from '../test/harness.ts';
import { sealEverything } from '../test/seal-everything.ts';
import { backUpBeforeUpgrade } from './back-up-before-upgrade.ts';
import { upgradeEmbedded } from './upgrade-embedded.ts';

// Real processes start, stop and are upgraded here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const newest = locateBinaries();
let dataDir: string;
let said: string[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rollcall-upgrade-'));
  said = [];
});
afterEach(async () => {
  for (const major of [15, newest.major]) await stopPostmaster(clusterFolder(dataDir, major));
  rmSync(dataDir, { recursive: true, force: true });
});

const log = (line: string) => said.push(line);
const open = () => openInstallation(loadConfig({ ROLLCALL_DATA_DIR: dataDir }), { worker: false, log });

async function fillWithPeople({ deps }: OpenedInstallation): Promise<string> {
  const { organizationId } = await createFirstOrganization(deps, {
    name: 'Nordwind',
    email: 'ada@example.com',
    password: 'seven green kettles whistle',
  });
  const people = Array.from({ length: 20 }, (_, index) => ({
    firstName: 'Person',
    lastName: String(index),
    email: `person${index}@example.com`,
    role: 'agent' as const,
  }));
  const actor = { kind: 'system', name: 'Test', ip: null } as const;
  await inContext(deps, { organizationId, actor, requestId: 'test' }, (ctx) => createUsers(ctx, people));
  await sealEverything({ deps } as Harness, organizationId);
  return organizationId;
}

/** A data folder as the version before left it: on the old PostgreSQL. */
async function makeOldFolder(): Promise<string> {
  keepSecret(dataDir);
  const old = await startEmbeddedPostgres({
    dataDir,
    fsync: false,
    binaries: locateBinaries('embedded-postgres-15'),
  });
  const config = loadConfig({ ROLLCALL_DATA_DIR: dataDir, DATABASE_URL: old.url });
  const secrets = keepSecret(dataDir);
  const installation = await openInstallation({ ...config, secrets }, { worker: false, log: () => {} });
  const organizationId = await fillWithPeople(installation);
  await installation.close();
  await old.stop();
  return organizationId;
}

test('takes an embedded database of PostgreSQL 15 to the present one by itself', async () => {
  const organizationId = await makeOldFolder();
  expect(readDataMajor(dataDir)).toBe(15);
  const installation = await open();
  try {
    expect(readDataMajor(dataDir)).toBe(newest.major);
    const { deps } = installation;
    const { rows } = await deps.db.pool.query(
      'select count(*)::int as users, max(extension) as last from users',
    );
    expect(rows[0]).toEqual({ users: 21, last: '1019' });
    const verify = () =>
      deps.db.ownerTransaction((tx) => verifyAudit(tx, deps.installation.encryption, organizationId));
    const { seq } = await verify();
    const actor = { kind: 'system', name: 'Test', ip: null } as const;
    const late = { firstName: 'Late', lastName: 'Comer', email: 'late@example.com', role: 'agent' as const };
    await inContext(deps, { organizationId, actor, requestId: 'test' }, (ctx) => createUsers(ctx, [late]));
    await sealEverything({ deps } as Harness, organizationId);
    const after = await verify();
    expect(after).toMatchObject({ intact: true, unsealed: 0 });
    expect(after.seq).toBeGreaterThan(seq);
  } finally {
    await installation.close();
  }
  expect(said.join('\n')).toMatch(
    /Upgrading the database from PostgreSQL 15 to \d+[\s\S]*Backed up to[\s\S]*is kept in/,
  );
  expect(existsSync(join(dataDir, 'database', '15-before-upgrade', 'data', 'PG_VERSION'))).toBe(true);
  expect(readdirSync(join(dataDir, 'backups'))).toHaveLength(1);
});

test('leaves the old database as it was where the upgrade fails', async () => {
  await makeOldFolder();
  const options = { dataDir, secrets: keepSecret(dataDir), log, fsync: false };
  const brokenBinaries = { ...newest, directory: join(dataDir, 'nothing-there'), copyable: false };
  await expect(upgradeEmbedded({ ...options, binaries: brokenBinaries })).rejects.toThrow();
  expect(readDataMajor(dataDir)).toBe(15);
  expect(livingPostmaster(clusterFolder(dataDir, 15))).toBeUndefined();
  await upgradeEmbedded({ ...options, binaries: newest });
  expect(readDataMajor(dataDir)).toBe(newest.major);
});

test('two that start at once after an update find one upgraded database', async () => {
  await makeOldFolder();
  const both = await Promise.all([open(), open()]);
  for (const { deps } of both) {
    const { rows } = await deps.db.pool.query('select count(*)::int as users from users');
    expect(rows[0].users).toBe(21);
  }
  await Promise.all(both.map((installation) => installation.close()));
});

test('backs up before it changes a schema that is there, and keeps the last five', async () => {
  const migrations = await readMigrations();
  const secrets = keepSecret(dataDir);
  const before = await startEmbeddedPostgres({ dataDir, fsync: false });
  await migrate(before.url, { migrations: migrations.slice(0, -1) });
  const client = new pg.Client(before.url);
  await client.connect();
  await client.query(`insert into organizations (id, name) values (gen_random_uuid(), 'Nordwind')`);
  await client.query(`
    insert into users (organization_id, id, sign_in_name, sign_in_key, status)
    select id, gen_random_uuid(), 'ada', 'ada', 'invited' from organizations`);
  await client.end();
  await before.stop();
  const installation = await open();
  const { rows } = await installation.deps.db.pool.query(
    'select o.name, u.sign_in_name from organizations o join users u on u.organization_id = o.id',
  );
  await installation.close();
  expect(rows).toEqual([{ name: 'Nordwind', sign_in_name: 'ada' }]);
  const again = await startEmbeddedPostgres({ dataDir, fsync: false });
  for (let round = 0; round < 6; round += 1)
    await backUpBeforeUpgrade(dataDir, { databaseUrl: again.url, secrets });
  await again.stop();
  expect(said[0]).toMatch(/^Backed up to .*-before-upgrade\.rollcall, before \d+ migrations$|^Creating/);
  expect(readdirSync(join(dataDir, 'backups'))).toHaveLength(5);
});
