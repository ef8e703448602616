import type { Config } from '../config.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open-database.ts';
import { addSecrets, readSecrets } from '../keep-secret.ts';
import { openStorage } from '../open-storage.ts';
import { createEncryption } from '../platform/encryption.ts';
import { rewrapSecrets } from '../rewrap-secrets.ts';
import { backUpBeforeUpgrade } from './back-up-before-upgrade.ts';
import { checkBackup, openBackup } from './read-backup.ts';
import { migrationsOf, restoreBackup } from './restore-backup.ts';

export interface RestoredInstallation {
  createdAt: string;
  rows: number;
  /** Migrations that came after the backup. */
  migrated: string[];
  /** Of what was there before. */
  formerBackup: string | null;
}

/**
 * Restores data and secrets, and brings them up to this version. The backup is read to its end first: nothing is made
 * or replaced for a file that cannot be opened.
 * @throws BackupNotReadable, CannotRestore, CannotStart
 */
export async function restoreInstallation(
  config: Config,
  path: string,
  { passphrases, replace = false }: { passphrases: readonly string[]; replace?: boolean },
): Promise<RestoredInstallation> {
  const header = await checkBackup(path, passphrases);
  await migrationsOf(header);
  const { secrets } = header;
  const before = readSecrets(config.dataDir);
  if (config.secrets.length === 0 && before.length === 0) addSecrets(config.dataDir, secrets);
  const storage = await openStorage(config, () => {});
  try {
    const formerBackup =
      replace && (await hasData(storage.databaseUrl))
        ? await backUpBeforeUpgrade(config.dataDir, storage)
        : null;
    const backup = await openBackup(path, passphrases);
    const { rows } = await restoreBackup(storage.databaseUrl, backup, {
      replace,
      beforeCommit: async () => {
        if (config.secrets.length === 0) addSecrets(config.dataDir, secrets);
      },
    });
    const migrated = await migrate(storage.databaseUrl);
    if (config.secrets.length > 0) await rewrapFor(storage.databaseUrl, [...config.secrets, ...secrets]);
    return {
      createdAt: backup.header.createdAt,
      rows: Object.values(rows).reduce((sum, count) => sum + count, 0),
      migrated,
      formerBackup,
    };
  } finally {
    await storage.close();
  }
}

/** The environment's secret stays the present one: what the backup's secrets sealed is sealed anew under it. */
async function rewrapFor(databaseUrl: string, secrets: string[]): Promise<void> {
  const db = openDatabase(databaseUrl);
  try {
    await db.ownerTransaction((tx) => rewrapSecrets(tx, createEncryption(secrets)));
  } finally {
    await db.close();
  }
}

async function hasData(databaseUrl: string): Promise<boolean> {
  const db = openDatabase(databaseUrl, { poolSize: 1 });
  try {
    const { rows } = await db.pool.query(`select to_regclass('public.organizations') is not null as there`);
    return rows[0].there;
  } finally {
    await db.close();
  }
}
