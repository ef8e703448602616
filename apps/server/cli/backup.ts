import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { ownPassphrase } from '../backup/back-up-before-upgrade.ts';
import { BackupNotReadable } from '../backup/records.ts';
import { CannotRestore } from '../backup/restore-backup.ts';
import { restoreInstallation } from '../backup/restore-installation.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { readSecrets } from '../keep-secret.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { confirm, readSecretLine } from './read-secret-input.ts';
import { onStorage, pathOf, type Session, withConfig } from './run-command.ts';

const shortest = 12;

export function backupCommand(): Command {
  return new Command('backup')
    .description(
      'Write everything to one file, encrypted with ROLLCALL_BACKUP_PASSPHRASE (or the first line of stdin)',
    )
    .argument('<file>', 'file to make')
    .action(
      onStorage(async ({ out, storage }, _options, [file]) => {
        const path = pathOf(file!);
        if (existsSync(path))
          throw new CommandFailure(
            exitCodes.refused,
            `There is a file ${path} already. Choose another name.`,
          );
        const text = await readPassphrase();
        if (text.length < shortest)
          throw new CommandFailure(
            exitCodes.usage,
            `The passphrase must have at least ${shortest} characters.`,
          );
        const summary = await writeBackup(storage, path, { text });
        out.result(summary, `Wrote ${summary.rows} rows of ${summary.tables} tables to ${path}`);
        return undefined;
      }),
    );
}

interface RestoreOptions {
  replace?: boolean;
  yes?: boolean;
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Put a backup into an empty data folder or database and bring it up to this version')
    .argument('<file>', 'file that backup made')
    .option('--replace', 'in the place of what is there, which is backed up first')
    .option('--yes', 'do not ask')
    .action(withConfig<RestoreOptions>(restore));
}

async function restore(
  { config, out }: Pick<Session, 'config' | 'out'>,
  { replace = false, yes }: RestoreOptions,
  [file]: string[],
) {
  const path = pathOf(file!);
  if (!existsSync(path)) throw new CommandFailure(exitCodes.notFound, `There is no file ${path}.`);
  // Backups from before an upgrade open with the secret that lies in the data folder.
  const own = [...config.secrets, ...readSecrets(config.dataDir)].map((secret) => ownPassphrase(secret).text);
  const asked = path.endsWith('-before-upgrade.rollcall') && own.length > 0 ? [] : [await readPassphrase()];
  if (
    replace &&
    !yes &&
    !(await confirm('This puts the backup in the place of everything that is there. Go on?'))
  )
    throw new CommandFailure(
      exitCodes.refused,
      'Nothing was changed. Give --yes to go on without being asked.',
    );
  try {
    const restored = await restoreInstallation(config, path, { passphrases: [...asked, ...own], replace });
    const lines = [`Restored ${restored.rows} rows, as they were on ${restored.createdAt}.`];
    if (restored.formerBackup) lines.push(`What was there before is in ${restored.formerBackup}`);
    out.result(restored, lines.join('\n'));
    return undefined;
  } catch (error) {
    if (error instanceof BackupNotReadable) throw new CommandFailure(exitCodes.notIntact, error.message);
    if (error instanceof CannotRestore) throw new CommandFailure(exitCodes.refused, error.message);
    throw error;
  }
}

async function readPassphrase(): Promise<string> {
  return (
    process.env.ROLLCALL_BACKUP_PASSPHRASE || readSecretLine('The passphrase (ROLLCALL_BACKUP_PASSPHRASE)')
  );
}
