import { emailAddress } from '@rollcall/contract/person-fields';
import { Command } from 'commander';
import { recoverOrganization } from '../domain/off-boarding/recover-organization.ts';
import { listOrganizations } from '../domain/organizations/list-organizations.ts';
import { findUsersByName } from '../domain/users/find-users-by-name.ts';
import { createInvitedOrganization } from '../edge/create-invited-organization.ts';
import { createFurtherOrganization } from '../edge/set-up-installation.ts';
import { AppError } from '../platform/errors.ts';
import { alignColumns } from './output.ts';
import { parseInput } from './parse-input.ts';
import { readSecretLine } from './read-secret-input.ts';
import { onInstallation, operator, type Session } from './run-command.ts';

interface CreateOptions {
  name: string;
  adminEmail: string;
  adminFirstName: string;
  adminLastName: string;
  adminPasswordStdin?: boolean;
  timeZone?: string;
  language?: string;
}

interface RecoverOptions {
  adminEmail: string;
  adminFirstName: string;
  adminLastName: string;
  reason?: string;
  force?: boolean;
}

export function organizationCommand(): Command {
  const command = new Command('organization').description('Make, list and recover organizations');
  command
    .command('create')
    .description('Make an organization with its first administrator')
    .requiredOption('--name <name>', 'name of the organization')
    .requiredOption('--admin-email <address>', 'e-mail address of the first administrator')
    .option('--admin-first-name <name>', 'their first name', '')
    .option('--admin-last-name <name>', 'their last name', '')
    .option('--admin-password-stdin', 'read their password from stdin; without it a one-time link is printed')
    .option('--time-zone <zone>', 'such as Europe/Berlin')
    .option('--language <tag>', 'en or de')
    .action(onInstallation<CreateOptions>(create, { mayCreate: true }));
  command
    .command('list')
    .description('List the organizations of this installation')
    .action(
      onInstallation(async ({ deps, out }) => {
        const organizations = await deps.db.ownerTransaction(listOrganizations);
        const rows = organizations.map(({ id, name, createdAt }) => [id, name, createdAt]);
        out.result({ organizations }, alignColumns([['ID', 'NAME', 'CREATED'], ...rows]));
        return undefined;
      }),
    );
  command
    .command('recover')
    .description('Make somebody administrator, where no administrator can sign in, and print a one-time link')
    .requiredOption('--admin-email <address>', 'sign-in name of an agent, or the address of a new one')
    .option('--admin-first-name <name>', 'first name of a new one', '')
    .option('--admin-last-name <name>', 'last name of a new one', '')
    .option('--reason <text>', 'reason or ticket for the audit log')
    .option('--force', 'also where an administrator can sign in')
    .action(onInstallation<RecoverOptions>(recover));
  return command;
}

async function create({ deps, out }: Session, options: CreateOptions) {
  const input = {
    name: options.name.trim(),
    email: parseInput(emailAddress, options.adminEmail, 'admin-email'),
    firstName: options.adminFirstName,
    lastName: options.adminLastName,
    timeZone: options.timeZone,
    language: options.language,
  };
  if (options.adminPasswordStdin) {
    const password = await readSecretLine('The password');
    const created = await createFurtherOrganization(deps, { ...input, password });
    out.result(created, `Made ${input.name}. Sign in as ${input.email} at ${deps.installation.publicUrl}`);
    return undefined;
  }
  const created = await createInvitedOrganization(deps, operator, input);
  out.result(created, created.link);
  out.note(
    `Made ${input.name}. Hand this link over to ${input.email}; it works once, until ${created.expiresAt}.`,
  );
  return undefined;
}

async function recover(session: Session, options: RecoverOptions) {
  const email = options.adminEmail;
  const recovered = await session.inOrganization(
    async (ctx) => {
      const userId = await findUsersByName(ctx, [email]).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'not_found') return undefined;
        throw error;
      });
      return recoverOrganization(ctx, {
        administrator: userId
          ? { userId: userId[0]! }
          : {
              email: parseInput(emailAddress, email, 'admin-email'),
              firstName: options.adminFirstName,
              lastName: options.adminLastName,
            },
        force: options.force === true,
      });
    },
    options.reason === undefined ? {} : { reason: options.reason },
  );
  session.out.result(recovered, recovered.link);
  session.out.note(
    `${recovered.name} is an administrator. Hand this link over to them; it works once, until ${recovered.expiresAt}.`,
  );
  return undefined;
}
