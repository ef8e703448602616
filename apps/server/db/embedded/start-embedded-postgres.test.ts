import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clusterFolder, readDataMajor } from './cluster-folder.ts';
import { locateBinaries } from './locate-binaries.ts';
import { livingPostmaster, stopPostmaster } from './run-postmaster.ts';
import { DataMajorMismatch, startEmbeddedPostgres } from './start-embedded-postgres.ts';

const holder = join(import.meta.dirname, '../../test/hold-embedded-postgres.ts');
const isRoot = process.getuid?.() === 0;
const major = locateBinaries().major;

let dataDir: string;
let children: ChildProcess[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rollcall-embedded-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  if (readDataMajor(dataDir)) await stopPostmaster(clusterFolder(dataDir, major));
  rmSync(dataDir, { recursive: true, force: true });
});

const start = (folder = dataDir) => startEmbeddedPostgres({ dataDir: folder, fsync: false });
const postmaster = () => livingPostmaster(clusterFolder(dataDir, major));

/** Another process that has the database open. */
async function startElsewhere(options: { uid?: number; gid?: number } = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, [holder, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function ask<T>(url: string, sql: string): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0] as T;
  } finally {
    await client.end();
  }
}

it('keeps what was written, and its address, from one start to the next', async () => {
  const first = await start();
  await ask(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  expect(postmaster()).toBeUndefined();

  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select answer from kept')).toBe(42);
  await second.stop();
});

it('listens on no network port and keeps its password to itself', async () => {
  const database = await start();
  expect(await ask(database.url, 'show listen_addresses')).toBe('');
  expect(statSync(clusterFolder(dataDir, major).password).mode & 0o777).toBe(0o600);
  const stranger = database.url.replace(/:[^:@]+@/, ':guess@');
  await expect(ask(stranger, 'select 1')).rejects.toThrow(/password authentication failed/);
  await database.stop();
});

it('joins a database that another process runs, and leaves it running for that process', async () => {
  await startElsewhere();
  const running = postmaster();
  const joined = await start();
  expect(postmaster()).toBe(running);
  await joined.stop();
  expect(postmaster()).toBe(running);
});

it('stops with the last process, whoever started it', async () => {
  const starter = await startElsewhere();
  const joined = await start();
  starter.kill('SIGTERM');
  await once(starter, 'exit');
  expect(await ask(joined.url, 'select 1')).toBe(1);
  await joined.stop();
  expect(postmaster()).toBeUndefined();
});

it('adopts the database that a killed process left running', async () => {
  const killed = await startElsewhere();
  const orphan = postmaster();
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  expect(postmaster()).toBe(orphan);

  const adopted = await start();
  expect(postmaster()).toBe(orphan);
  await adopted.stop();
  expect(postmaster()).toBeUndefined();
});

it('starts once when several processes start at the same moment on an empty folder', async () => {
  const all = await Promise.all([start(), start(), startElsewhere().then(() => start())]);
  expect(new Set(all.map((database) => database.url)).size).toBe(1);
  await Promise.all(all.map((database) => database.stop()));
});

it('starts the database again when it dies under a running process', async () => {
  const database = await startEmbeddedPostgres({ dataDir, fsync: true });
  await ask(database.url, 'create table kept as select 42 as answer');
  const before = postmaster();
  process.kill(before ?? 0, 'SIGKILL');
  let answer: number | undefined;
  while (answer === undefined) {
    await sleep(20);
    answer = await ask<number>(database.url, 'select answer from kept').catch(() => undefined);
  }
  expect(answer).toBe(42);
  expect(postmaster()).not.toBe(before);
  await database.stop();
});

it('is not misled by a process id that now belongs to another program', async () => {
  await (await start()).stop();
  const pidFile = clusterFolder(dataDir, major).postmasterPid;
  writeFileSync(pidFile, `${process.pid}\n${clusterFolder(dataDir, major).data}\n1\n5432\n\n\n\n`);
  if (isRoot) chownSync(pidFile, 51_542, 51_542);
  const database = await start();
  expect(await ask(database.url, 'select 1')).toBe(1);
  await database.stop();
});

it('finds a shorter place for the socket when the path of the data folder is too long for one', async () => {
  const deep = join(dataDir, 'a-rather-long-name-for-a-folder/'.repeat(4));
  mkdirSync(deep, { recursive: true });
  if (isRoot) for (let at = deep; at !== tmpdir(); at = join(at, '..')) chmodSync(at, 0o711);
  const database = await start(deep);
  const socketFolder = new URL(database.url).searchParams.get('host') ?? '';
  expect(socketFolder).toMatch(/rollcall-[0-9a-f]{16}$/);
  expect(await ask(database.url, 'select 1')).toBe(1);
  await database.stop();
  rmSync(socketFolder, { recursive: true });
});

it('says which versions do not fit instead of touching data of another major version', async () => {
  const data = join(dataDir, 'database', '14', 'data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'PG_VERSION'), '14\n');
  expect(readDataMajor(dataDir)).toBe(14);
  await expect(start()).rejects.toThrow(DataMajorMismatch);
  rmSync(join(dataDir, 'database'), { recursive: true });
});

it.runIf(isRoot)('runs as a user of its own when Rollcall runs as root', async () => {
  const database = await start();
  const status = readFileSync(`/proc/${postmaster()}/status`, 'utf8');
  expect(status).toMatch(/^Uid:\t51542\t51542\t51542\t51542$/m);
  expect(status).toMatch(/^Groups:\s*$/m);
  await database.stop();
});

it.runIf(isRoot)('runs as the ordinary user who starts Rollcall, and root may join', async () => {
  const nobody = 65_534;
  chownSync(dataDir, nobody, nobody);
  await startElsewhere({ uid: nobody, gid: nobody });
  expect(readFileSync(`/proc/${postmaster()}/status`, 'utf8')).toMatch(/^Uid:\t65534\t/m);
  const joined = await start();
  expect(await ask(joined.url, 'select 1')).toBe(1);
  await joined.stop();
  expect(postmaster()).toBeDefined();
});

it.runIf(isRoot)('keeps the database in /var/lib when its user cannot reach the data folder', async () => {
  const closed = join(dataDir, 'closed');
  mkdirSync(join(closed, 'data'), { recursive: true, mode: 0o700 });
  const told: string[] = [];
  const database = await startEmbeddedPostgres({
    dataDir: join(closed, 'data'),
    fsync: false,
    log: (line) => told.push(line),
  });
  expect(await ask(database.url, 'select 1')).toBe(1);
  const place = /is kept in (\S+)\.$/.exec(told[0] ?? '')?.[1] ?? '';
  expect(existsSync(join(place, String(major)))).toBe(true);
  await database.stop();
  rmSync(place, { recursive: true });
});
