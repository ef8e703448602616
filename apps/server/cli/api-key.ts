import { createApiKeyInput } from '@rollcall/contract/api-keys';
import { Command } from 'commander';
import { readUserPermissions } from '../domain/access/read-user-permissions.ts';
import { createApiKey } from '../domain/api-keys/create-api-key.ts';
import { findUsersByName } from '../domain/users/find-users-by-name.ts';
import { parseInput } from './parse-input.ts';
import { onInstallation, type Session } from './run-command.ts';

interface CreateOptions {
  name: string;
  user: string;
  permissions?: string[];
  expires: string;
}

export function apiKeyCommand(): Command {
  const command = new Command('api-key').description('Make API keys');
  command
    .command('create')
    .description('Make an API key and print its secret, once and alone on stdout')
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption(
      '--user <who>',
      'sign-in name or id of the agent whose it is; it can do at most what they can',
    )
    .option('--permissions <name...>', 'what it may do; everything that its user may do unless given')
    .option('--expires <when>', 'days from now, or a day as YYYY-MM-DD; a year at most', '365')
    .action(onInstallation<CreateOptions>(create));
  return command;
}

async function create(session: Session, options: CreateOptions) {
  const key = await session.inOrganization(async (ctx) => {
    const [userId] = await findUsersByName(ctx, [options.user]);
    const permissions =
      options.permissions?.flatMap((one) => one.split(',')) ?? (await readUserPermissions(ctx, userId!));
    const expiresAt = expiryOf(options.expires, ctx.now);
    const input = parseInput(createApiKeyInput, { name: options.name, permissions, expiresAt });
    return createApiKey(ctx, { ...input, userId: userId! });
  });
  session.out.result({ key }, key.secret);
  session.out.note(
    `Made the key “${key.name}” of ${key.user.name}, valid until ${key.expiresAt}. It is shown this once.`,
  );
  return undefined;
}

function expiryOf(text: string, now: Date): string {
  if (/^\d{1,3}$/.test(text)) return new Date(now.getTime() + Number(text) * 86_400_000).toISOString();
  return `${text}T23:59:59.000Z`;
}
