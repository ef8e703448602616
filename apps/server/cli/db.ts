import { Command } from 'commander';
import { backUpBeforeUpgrade } from '../backup/back-up-before-upgrade.ts';
import { migrate } from '../db/migrate.ts';
import { readDatabaseStatus } from '../db/read-status.ts';
import { told } from '../open-storage.ts';
import { alignColumns } from './output.ts';
import { onStorage } from './run-command.ts';

export function dbCommand(): Command {
  const command = new Command('db').description('Look at the database and upgrade it');
  command
    .command('status')
    .description('Show the version, size and migrations of the database')
    .action(
      onStorage(async ({ config, storage, out }) => {
        const status = await readDatabaseStatus(storage.databaseUrl);
        const where = config.databaseUrl ? 'named by DATABASE_URL' : `embedded in ${config.dataDir}`;
        out.result(
          { embedded: !config.databaseUrl, ...status },
          alignColumns([
            ['database', `PostgreSQL ${status.postgresVersion}, ${where}`],
            ['size', `${(status.bytes / 1_048_576).toFixed(1)} MB`],
            ['migrations', `${status.applied.length} applied, ${status.pending.length} to come`],
            ...status.pending.map((name) => ['', name]),
            ['organizations', String(status.organizations ?? 0)],
            ['connections', String(status.connections)],
          ]),
        );
        return undefined;
      }),
    );
  command
    .command('migrate')
    .description('Bring the database up to this version, after a backup; every start does it too')
    .action(
      onStorage(
        async ({ config, storage, out }) => {
          const applied = await told(config, () =>
            migrate(storage.databaseUrl, {
              beforeUpgrade: async () =>
                out.note(`Backed up to ${await backUpBeforeUpgrade(config.dataDir, storage)}`),
            }),
          );
          out.result({ applied }, applied.length === 0 ? 'It is up to date.' : applied.join('\n'));
          return undefined;
        },
        { mayCreate: true },
      ),
    );
  return command;
}
