import { Command } from 'commander';
import { forgetFormerSecrets, readSecrets, rotateSecret } from '../keep-secret.ts';
import { rewrapSecrets } from '../rewrap-secrets.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { onInstallation, type Session } from './run-command.ts';

export function secretCommand(): Command {
  const command = new Command('secret').description('Rotate the secret of the installation');
  command
    .command('rotate')
    .description('Make a new secret in the data folder; restart every server, then repeat with --finish')
    .option('--finish', 'seal everything under the present secret, so that the former ones can be forgotten')
    .action(
      onInstallation<{ finish?: boolean }>((session, { finish }) =>
        finish ? finishRotation(session) : begin(session),
      ),
    );
  return command;
}

async function begin({ config, out }: Session) {
  if (config.secrets.length > 0)
    throw new CommandFailure(
      exitCodes.usage,
      'The secret is set in the environment. Put it into ROLLCALL_SECRET_PREVIOUS and a new one into ROLLCALL_SECRET, restart every server, then run: rollcall secret rotate --finish',
    );
  if (readSecrets(config.dataDir).length > 1)
    throw new CommandFailure(
      exitCodes.refused,
      'A rotation has begun already. Restart every server, then run: rollcall secret rotate --finish',
    );
  rotateSecret(config.dataDir);
  const next = 'Restart every server, then run: rollcall secret rotate --finish';
  out.result({ state: 'begun', next }, `There is a new secret. ${next}`);
  return undefined;
}

async function finishRotation({ config, deps, storage, out }: Session) {
  if (storage.secrets.length < 2)
    throw new CommandFailure(
      exitCodes.refused,
      'There is no former secret to leave behind. Begin with: rollcall secret rotate',
    );
  await deps.db.ownerTransaction((tx) => rewrapSecrets(tx, deps.installation.encryption));
  if (config.secrets.length === 0) forgetFormerSecrets(config.dataDir);
  const next =
    config.secrets.length === 0
      ? 'Backups from before upgrades that are older than this need the former secret.'
      : 'Remove ROLLCALL_SECRET_PREVIOUS from the environment.';
  out.result({ state: 'finished', next }, `Everything is sealed under the present secret. ${next}`);
  return undefined;
}
