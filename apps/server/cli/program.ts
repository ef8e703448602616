import { Command } from 'commander';
import { apiKeyCommand } from './api-key.ts';
import { auditCommand } from './audit.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { dbCommand } from './db.ts';
import { importCommand } from './import.ts';
import { organizationCommand } from './organization.ts';
import { secretCommand } from './secret.ts';
import { usersCommand } from './users.ts';

/** The whole command line; what docs/command-line.md is written from. */
export function createProgram(): Command {
  const program = new Command('rollcall')
    .description('Administer Rollcall from the shell, while its server runs or not')
    .option('--json', 'print results, and errors on stderr, as JSON')
    .option('--organization <name>', 'name or id of the organization, where there are several')
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .addHelpText(
      'after',
      '\nThe installation is the one that ROLLCALL_DATA_DIR or DATABASE_URL name, as for the server.',
    );
  const commands = [
    organizationCommand(),
    usersCommand(),
    importCommand(),
    apiKeyCommand(),
    auditCommand(),
    dbCommand(),
    backupCommand(),
    restoreCommand(),
    secretCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  forEachCommand(program, (command) => command.copyInheritedSettings(program));
  return program;
}

export function forEachCommand(command: Command, visit: (command: Command) => void): void {
  for (const child of command.commands) {
    visit(child);
    forEachCommand(child, visit);
  }
}
