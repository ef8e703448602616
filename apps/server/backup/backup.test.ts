import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { migrate } from '../db/migrate.ts';
import { type Database, openDatabase } from '../db/open-database.ts';
import { verifyAudit } from '../domain/audit/verify-audit.ts';
import { createUsers } from '../domain/users/create-users.ts';
import { useHarness } from '../test/harness.ts';
import { sealEverything } from '../test/seal-everything.ts';
import { execute, urlOf } from '../test/template.ts';
import { checkBackup, openBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const harness = useHarness();
const folder = mkdtempSync(join(tmpdir(), 'rollcall-backup-'));
const passphrase = 'correct horse battery staple';
const secrets = ['a secret for tests that is long enough'];
const made: string[] = [];
afterAll(async () => {
  rmSync(folder, { recursive: true });
  for (const name of made)
    await execute(inject('postgresUrl'), `drop database if exists ${name} with (force)`);
});

async function emptyDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  made.push(name);
  await execute(inject('postgresUrl'), `create database ${name}`);
  return urlOf(inject('postgresUrl'), name);
}

async function backUp(name: string): Promise<string> {
  const path = join(folder, name);
  await writeBackup({ databaseUrl: harness.databaseUrl, secrets }, path, { text: passphrase, strong: true });
  return path;
}

async function count(db: Database, sql: string): Promise<number> {
  return Number(Object.values((await db.pool.query(sql)).rows[0])[0]);
}

async function withDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase(url, { poolSize: 2 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

test('keeps one instant while others write, and the audit, history and jobs go on from there', async () => {
  const organization = await harness.createOrganization();
  let added = 0;
  let stopped = false;
  const writer = (async () => {
    while (!stopped) {
      const portion = Array.from({ length: 5 }, () => ({
        firstName: 'Person',
        lastName: `${++added}`,
        email: `person${added}@example.com`,
        role: 'agent' as const,
      }));
      await organization.context((ctx) => createUsers(ctx, portion));
    }
  })();
  while (added < 20) await new Promise((resolve) => setTimeout(resolve, 10));
  const path = await backUp('under-load.rollcall');
  stopped = true;
  await writer;
  expect(statSync(path).mode & 0o777).toBe(0o600);

  const url = await emptyDatabase();
  const backup = await openBackup(path, [passphrase]);
  expect(backup.header.secrets).toEqual(secrets);
  await restoreBackup(url, backup);
  await withDatabase(url, async (db) => {
    const users = await count(db, 'select count(*) from users');
    expect(users).toBeGreaterThan(10);
    expect(await count(db, `select count(*) from audit_events where action = 'user.created'`)).toBe(
      users - 1,
    );
    expect(await count(db, 'select count(*) from user_history')).toBe(users);
    const waiting = `select count(*) from pgboss.job where name = 'deliver-mail' and state = 'created'`;
    expect(await count(db, waiting)).toBeGreaterThan(0);
    await sealEverything({ ...harness, deps: { ...harness.deps, db } }, organization.id);
    const found = await db.ownerTransaction((tx) =>
      verifyAudit(tx, harness.deps.installation.encryption, organization.id),
    );
    expect(found).toMatchObject({ intact: true, unsealed: 0 });
  });
  expect(await migrate(url)).toEqual([]);
  await withDatabase(url, async (db) => {
    // Row security, constraints and history work as before.
    const scope = { organizationId: null, now: new Date() };
    expect(
      await db.transaction(scope, async (tx) => (await tx.selectFrom('users').select('id').execute()).length),
    ).toBe(0);
    await expect(db.pool.query('delete from organizations')).rejects.toMatchObject({ code: '23503' });
  });
});

test('opens with its passphrase alone, and tells when it has been cut or changed', async () => {
  await harness.createOrganization();
  const path = await backUp('whole.rollcall');
  const whole = readFileSync(path);
  const damaged = (name: string, bytes: Buffer) => {
    const place = join(folder, name);
    writeFileSync(place, bytes);
    return checkBackup(place, [passphrase]);
  };
  await expect(checkBackup(path, ['another passphrase'])).rejects.toThrow('does not open this backup');
  await expect(damaged('cut', whole.subarray(0, whole.length - 1))).rejects.toThrow(
    'cut off or has been changed',
  );
  await expect(damaged('half', whole.subarray(0, whole.length / 2))).rejects.toThrow(
    'cut off or has been changed',
  );
  const changed = Buffer.from(whole);
  changed[changed.length - 40]! ^= 1;
  await expect(damaged('changed', changed)).rejects.toThrow('cut off or has been changed');
  await expect(damaged('foreign', Buffer.from('PK\u0003\u0004 something else entirely'))).rejects.toThrow(
    'no backup',
  );
  await expect(damaged('empty', Buffer.alloc(0))).rejects.toThrow('no backup');
  await expect(checkBackup(path, [passphrase])).resolves.toMatchObject({ format: 1 });
  await expect(backUp('whole.rollcall')).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(path).equals(whole)).toBe(true);
});

test('leaves a database that holds something, or that a server uses, as it is', async () => {
  await harness.createOrganization();
  const path = await backUp('for-refusals.rollcall');
  const restore = async (url: string, replace = false) =>
    restoreBackup(url, await openBackup(path, [passphrase]), { replace });
  await expect(restore(harness.databaseUrl)).rejects.toThrow('Rollcall is running');
  const url = await emptyDatabase();
  await restore(url);
  await expect(restore(url)).rejects.toThrow('not empty');
  await withDatabase(url, async (db) => {
    await db.pool.query(`update organizations set name = 'Changed since'`);
    await expect(restore(url, true)).rejects.toThrow('Rollcall is running');
  });
  const truncated = join(folder, 'truncated.rollcall');
  const whole = readFileSync(path);
  writeFileSync(truncated, whole.subarray(0, whole.length - 20));
  const broken = openBackup(truncated, [passphrase]).then((backup) =>
    restoreBackup(url, backup, { replace: true }),
  );
  await expect(broken).rejects.toThrow('cut off or has been changed');
  const named = (name: string) =>
    withDatabase(url, (db) => count(db, `select count(*) from organizations where name = '${name}'`));
  expect(await named('Changed since')).toBeGreaterThan(0);
  await restore(url, true);
  expect(await named('Changed since')).toBe(0);
});

test('takes the same memory for a database of any size', async () => {
  const organization = await harness.createOrganization();
  await harness.deps.db.pool.query(
    `insert into audit_checkpoints (organization_id, seq, hash, at, signature)
     select $1, n, sha256(n::text::bytea) || sha256((n + 1)::text::bytea), now(), sha256((-n)::text::bytea)
     from generate_series(1, 200000) n`,
    [organization.id],
  );
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const path = await backUp('large.rollcall');
  await checkBackup(path, [passphrase]);
  clearInterval(timer);
  expect(statSync(path).size).toBeGreaterThan(15_000_000);
  expect((most - before) / 1_048_576).toBeLessThan(100);
});
