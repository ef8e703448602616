import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { chooseIdentity, makeDatabaseFolder } from './choose-identity.ts';
import { chooseSocketFolder } from './choose-socket-folder.ts';
import { type ClusterFolder, clusterFolder, readDataMajor } from './cluster-folder.ts';
import { initializeCluster } from './initialize-cluster.ts';
import { installBinaries } from './install-binaries.ts';
import { type Binaries, locateBinaries } from './locate-binaries.ts';
import {
  type Postmaster,
  removeMisleadingPidFile,
  spawnPostmaster,
  stopPostmaster,
} from './run-postmaster.ts';

/** The advisory lock, in the database `postgres`, that every process holds while it uses the cluster. */
const IN_USE = 5_154_218;

/** How long PostgreSQL may take to answer at all; while it recovers from a crash it answers, and is waited for. */
const PATIENCE_MS = 60_000;

/** The data folder was written by another major version than the binaries can read. */
export class DataMajorMismatch extends Error {
  readonly dataMajor: number;
  readonly binariesMajor: number;

  constructor(dataMajor: number, binariesMajor: number) {
    super(
      `The data folder was written by PostgreSQL ${dataMajor}; this version of Rollcall brings PostgreSQL ${binariesMajor}.`,
    );
    this.dataMajor = dataMajor;
    this.binariesMajor = binariesMajor;
  }
}

export type EmbeddedPostgres = {
  /** Of the superuser, for the database `rollcall`. Stays the same for the life of the data folder. */
  url: string;
  major: number;
  /** Leaves the database; the last process to leave stops it. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  /** False loses data when the machine crashes: for tests. */
  fsync?: boolean;
  log?: (line: string) => void;
  binaries?: Binaries;
};

/**
 * Opens the PostgreSQL of a data folder: makes it where there is none, starts it where it does not run, and joins it
 * where it does, be it that of a running server, of the command line, or left behind by a `kill -9`. When it ends by
 * itself it is started again.
 * @throws DataMajorMismatch where the data are of another major version.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { fsync = true, log = () => {}, binaries = locateBinaries() } = options;
  const dataDir = resolve(options.dataDir);
  const dataMajor = readDataMajor(dataDir);
  if (dataMajor !== undefined && dataMajor !== binaries.major)
    throw new DataMajorMismatch(dataMajor, binaries.major);

  const identity = chooseIdentity(clusterFolder(dataDir, binaries.major).data);
  makeDatabaseFolder(dataDir, identity, log);
  const folder = clusterFolder(dataDir, binaries.major);
  if (!existsSync(folder.data)) log(`Creating the database in ${folder.root}`);
  initializeCluster(folder, { binaries, identity, sync: fsync });
  const native = installBinaries(binaries, folder.binaries);
  const socketFolder = chooseSocketFolder(folder, identity);
  const open = () =>
    join(folder, () =>
      spawnPostmaster(folder, { native, socketFolder, major: binaries.major, identity, fsync }),
    );
  const url = (database: string) => urlOf(folder, socketFolder, database);

  async function join(folder: ClusterFolder, spawnServer: () => Postmaster): Promise<pg.Client> {
    let server: Postmaster | undefined;
    let deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await tryToHold(url('postgres'));
      if (typeof answer === 'object') return answer;
      if (answer === 'busy') deadline = Date.now() + PATIENCE_MS;
      if (answer === 'absent') {
        if (server?.ended && !isTakenByAnother(server.ended.said)) throw failure(server.ended.said);
        if (!server || server.ended) {
          removeMisleadingPidFile(folder);
          server = spawnServer();
        }
      }
      if (Date.now() > deadline) throw failure('it does not answer');
      await sleep(15);
    }
  }

  let stopping = false;
  let keeper = await keep();
  await createDatabase(keeper);

  async function keep(): Promise<pg.Client> {
    const client = await open();
    client.once('end', () => {
      if (stopping) return;
      log('The embedded database ended; starting it again.');
      keepTrying().catch((error: Error) => log(error.message));
    });
    return client;
  }

  async function keepTrying(): Promise<void> {
    keeper = await keep();
  }

  return {
    url: url('rollcall'),
    major: binaries.major,
    async stop() {
      stopping = true;
      if (await isLastUser(keeper)) await stopPostmaster(folder);
      await keeper.end().catch(() => {});
    },
  };
}

function urlOf(folder: ClusterFolder, socketFolder: string, database: string): string {
  const password = readFileSync(folder.password, 'utf8');
  return `postgresql://postgres:${password}@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
}

/** Connects and takes the shared lock; otherwise tells whether a server is there that is just not ready. */
async function tryToHold(connectionString: string): Promise<pg.Client | 'absent' | 'busy'> {
  const client = new pg.Client({
    connectionString,
    application_name: 'rollcall keeper',
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [IN_USE]);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ECONNREFUSED' || code === 'ENOENT') return 'absent';
    // 57P01 to 57P03: it shuts down, has crashed, or still starts.
    if (code?.startsWith('57P0') || code === 'ECONNRESET' || /terminated|timeout/.test(message))
      return 'busy';
    throw failure(message);
  }
}

async function isLastUser(keeper: pg.Client): Promise<boolean> {
  try {
    await keeper.query('select pg_advisory_unlock_shared($1)', [IN_USE]);
    const { rows } = await keeper.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      IN_USE,
    ]);
    return rows[0]?.last === true;
  } catch {
    return false;
  }
}

async function createDatabase(keeper: pg.Client): Promise<void> {
  const { rowCount } = await keeper.query(`select from pg_database where datname = 'rollcall'`);
  if (rowCount) return;
  await keeper.query('create database rollcall').catch((error: { code?: string }) => {
    // Two processes at once: the other one made it.
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  });
}

/** Whether PostgreSQL gave way to another one on the same data, which is then starting, ending or crashing. */
function isTakenByAnother(said: string): boolean {
  return /lock file .* already exists|is still in use|shared memory block/.test(said);
}

function failure(reason: string): Error {
  return new Error(`The embedded PostgreSQL did not start: ${reason.trim()}`);
}
