import { existsSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { clusterFolder, readDataMajor } from '../db/embedded/cluster-folder.ts';
import { type Binaries, locateBinaries } from '../db/embedded/locate-binaries.ts';
import { livingPostmaster, stopPostmaster } from '../db/embedded/run-postmaster.ts';
import { startEmbeddedPostgres } from '../db/embedded/start-embedded-postgres.ts';
import { backUpBeforeUpgrade, ownPassphrase } from './back-up-before-upgrade.ts';
import { openBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';

/** What keeps the upgrade from being begun. */
export class CannotUpgrade extends Error {}

export interface UpgradeOptions {
  dataDir: string;
  secrets: string[];
  log: (line: string) => void;
  binaries?: Binaries;
  fsync?: boolean;
}

/**
 * Brings the embedded database to the major version of PostgreSQL that this version of Rollcall brings: backs up with
 * the old one, whose binaries lie beside its data, restores into a new one that is made aside, and then renames it
 * into place. Until that rename the old database is as it was; afterwards it is kept beside the new one.
 * @throws CannotUpgrade
 */
export async function upgradeEmbedded(options: UpgradeOptions): Promise<void> {
  const { dataDir, secrets, log, binaries = locateBinaries(), fsync = true } = options;
  const oldMajor = readDataMajor(dataDir)!;
  log(`Upgrading the database from PostgreSQL ${oldMajor} to ${binaries.major}`);
  const old = await startEmbeddedPostgres({ dataDir, fsync, binaries: findOldBinaries(dataDir, oldMajor) });
  // Held until the end: of two processes that begin at once, the second finds the new version when it gets its turn.
  const holder = new pg.Client({ connectionString: old.url, application_name: 'rollcall upgrade' });
  holder.on('error', () => {});
  try {
    await holder.connect();
    await holder.query(`select pg_advisory_lock(hashtext('rollcall.upgrade'))`);
    if (readDataMajor(dataDir) !== binaries.major) {
      await requireUnused(holder, oldMajor);
      const path = await backUpBeforeUpgrade(dataDir, { databaseUrl: old.url, secrets });
      log(`Backed up to ${path}`);
      await makeNewCluster(dataDir, { path, secret: secrets[0]!, binaries, fsync });
    }
  } finally {
    await holder.end().catch(() => {});
    await old.stop();
  }
  putAside(dataDir, oldMajor, log);
}

interface NewCluster {
  path: string;
  secret: string;
  binaries: Binaries;
  fsync: boolean;
}

async function makeNewCluster(dataDir: string, options: NewCluster): Promise<void> {
  const { major } = options.binaries;
  const root = realpathSync(join(dataDir, 'database'));
  const staging = join(root, '.upgrade');
  await clearAway(staging, major);
  await restoreInto(staging, options);
  renameSync(clusterFolder(staging, major).root, join(root, String(major)));
  rmSync(staging, { recursive: true });
}

function findOldBinaries(dataDir: string, major: number): Binaries {
  const { binaries: folder } = clusterFolder(dataDir, major);
  const version = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, 'native', 'bin', 'postgres')))
        .sort()
        .at(-1)
    : undefined;
  if (version) return { directory: join(folder, version, 'native'), major, version, copyable: false };
  throw new CannotUpgrade(
    `The database is of PostgreSQL ${major}, and its programs are not in ${folder} any more. Restore a backup into an empty data folder.`,
  );
}

async function requireUnused(client: pg.Client, major: number): Promise<void> {
  const { rows } = await client.query(`
    select 1 from pg_stat_activity where datname = current_database() and application_name = 'rollcall' limit 1`);
  if (rows.length === 0) return;
  throw new CannotUpgrade(
    `Another Rollcall still runs on the database of PostgreSQL ${major}. Stop it first.`,
  );
}

/** What an upgrade that was killed has left. */
async function clearAway(staging: string, major: number): Promise<void> {
  if (!existsSync(staging)) return;
  await stopPostmaster(clusterFolder(staging, major));
  rmSync(staging, { recursive: true, force: true });
}

async function restoreInto(staging: string, { path, secret, binaries, fsync }: NewCluster): Promise<void> {
  const fresh = await startEmbeddedPostgres({ dataDir: staging, binaries, fsync });
  try {
    await restoreBackup(fresh.url, await openBackup(path, [ownPassphrase(secret).text]));
  } finally {
    await fresh.stop();
  }
}

function putAside(dataDir: string, major: number, log: (line: string) => void): void {
  const folder = clusterFolder(dataDir, major);
  const { root } = folder;
  // The other of two processes still uses it, and puts it aside when it leaves.
  if (!existsSync(root) || livingPostmaster(folder) !== undefined) return;
  const aside = `${root}-before-upgrade`;
  rmSync(aside, { recursive: true, force: true });
  renameSync(root, aside);
  log(`The former database is kept in ${aside}. Delete it when all is well.`);
}
