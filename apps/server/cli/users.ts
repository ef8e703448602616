import { createUserInput } from '@rollcall/contract/users';
import { listUsersQuery, type UserRow } from '@rollcall/contract/users-list';
import { Command } from 'commander';
import { findGroupsByName } from '../domain/groups/find-groups-by-name.ts';
import { createUser } from '../domain/users/create-user.ts';
import { listUsers } from '../domain/users/list-users.ts';
import { alignColumns } from './output.ts';
import { parseInput } from './parse-input.ts';
import { onInstallation, type Session } from './run-command.ts';
import {
  type DeactivateOptions,
  deactivate,
  type ReactivateOptions,
  reactivate,
} from './users-off-boarding.ts';

interface ListOptions {
  search?: string;
  status?: string[];
  department?: string;
}

interface AddOptions {
  group?: string[];
  [field: string]: unknown;
}

export function usersCommand(): Command {
  const command = new Command('users').description('List, add, deactivate and reactivate agents');
  command
    .command('list')
    .description('List agents')
    .option('--search <text>', 'part of a name, address, extension, department or title')
    .option('--status <status...>', 'scheduled, invited, active, inactive')
    .option('--department <name>', 'one department')
    .action(onInstallation<ListOptions>(list));
  command
    .command('add')
    .description('Add an agent')
    .requiredOption('--first-name <name>', 'first name')
    .requiredOption('--last-name <name>', 'last name')
    .requiredOption('--email <address>', 'e-mail address')
    .option('--role <role>', 'administrator, agent, or the id of a role', 'agent')
    .option('--sign-in-name <name>', 'the e-mail address unless set')
    .option('--group <name...>', 'groups to be a member of')
    .option('--extension <digits>', '3 to 7 digits; auto gives the lowest free one', 'auto')
    .option('--phone-numbers <number...>', 'such as +4930123456')
    .option('--department <name>', 'department')
    .option('--title <title>', 'title')
    .option('--site <site>', 'site')
    .option('--cost-center <name>', 'cost centre')
    .option('--time-zone <zone>', 'such as Europe/Berlin')
    .option('--locale <tag>', 'such as de-DE')
    .option('--external-id <id>', 'id in another system')
    .option('--start-date <day>', 'YYYY-MM-DD; invited on that day')
    .option('--last-day <day>', 'YYYY-MM-DD; deactivated at its end')
    .option('--no-invite', 'send no invitation')
    .action(onInstallation<AddOptions>(add));
  command
    .command('deactivate')
    .description('End the access of agents at once')
    .argument('<who...>', 'sign-in names or ids')
    .option('--reason <text>', 'reason or ticket')
    .option('--successor <who>', 'active agent who takes over their numbers')
    .option('--dry-run', 'show what would happen and change nothing')
    .action(onInstallation<DeactivateOptions>(deactivate));
  command
    .command('reactivate')
    .description('Bring deactivated agents back; sessions and keys stay dead')
    .argument('<who...>', 'sign-in names or ids')
    .requiredOption('--role <role>', 'administrator, agent, or the id of a role')
    .option('--group <name...>', 'exactly these groups; the former ones unless given')
    .option('--reason <text>', 'reason or ticket')
    .action(onInstallation<ReactivateOptions>(reactivate));
  return command;
}

async function list(session: Session, { search, status, department }: ListOptions) {
  const users: UserRow[] = [];
  let cursor: string | undefined;
  do {
    const query = parseInput(listUsersQuery, { search, status, department, cursor, limit: 200 });
    const page = await session.inOrganization((ctx) => listUsers(ctx, query));
    users.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const rows = users.map((user) => [
    user.signInName,
    `${user.firstName} ${user.lastName}`.trim(),
    user.status,
    user.roles.map(({ name }) => name).join(', '),
    user.extension ?? '',
    user.groups.map(({ name }) => name).join(', '),
  ]);
  const header = ['SIGN-IN NAME', 'NAME', 'STATUS', 'ROLE', 'EXTENSION', 'GROUPS'];
  session.out.result({ users }, alignColumns([header, ...rows]));
  return undefined;
}

async function add(
  session: Session,
  { group, json: _json, organization: _organization, ...fields }: AddOptions,
) {
  const input = parseInput(createUserInput, fields);
  const user = await session.inOrganization(async (ctx) =>
    createUser(ctx, { ...input, ...(group ? { groupIds: await findGroupsByName(ctx, group) } : {}) }),
  );
  const extension = user.extension ? `, extension ${user.extension}` : '';
  session.out.result({ user }, `Added ${user.signInName} (${user.status}${extension})`);
  for (const { message } of user.warnings) session.out.note(message);
  return undefined;
}
