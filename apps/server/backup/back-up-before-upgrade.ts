import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createEncryption } from '../platform/encryption.ts';
import type { Passphrase } from './sealed-file.ts';
import { type BackupSource, writeBackup } from './write-backup.ts';

const ending = '-before-upgrade.rollcall';
const kept = 5;

/**
 * Opens the backups that Rollcall makes by itself: derived from the secret, because nobody is there to be asked.
 * Whoever has the data folder has both; its permissions protect them.
 */
export function ownPassphrase(secret: string): Passphrase {
  return { text: createEncryption([secret]).derive('upgrade backup').toString('base64url'), strong: true };
}

/** Backs up into `<dataDir>/backups` and keeps the last five such. @returns the path */
export async function backUpBeforeUpgrade(dataDir: string, source: BackupSource): Promise<string> {
  const folder = join(dataDir, 'backups');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${new Date().toISOString().replaceAll(':', '-')}${ending}`);
  await writeBackup(source, path, ownPassphrase(source.secrets[0]!));
  const former = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  for (const name of former.slice(0, -kept)) await rm(join(folder, name));
  return path;
}
