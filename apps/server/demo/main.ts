// `npm run demo`: the same system with a call centre that has half a year behind it, in a data folder of its own.
import { loadConfig } from '../config.ts';
import { isSetUpOpen } from '../edge/set-up-installation.ts';
import { openInstallation } from '../open-installation.ts';
import { first, password, tellStory } from './tell-story.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

process.env.ROLLCALL_DATA_DIR ??= './demo-data';
if (process.env.DATABASE_URL) {
  process.stderr.write('The demonstration keeps to its own data folder: unset DATABASE_URL.\n');
  process.exit(2);
}
await prepare();
say(`Sign in as ${first.email} (administrator)`);
say('     or as maja.kowalska@harbour-calls.example (agent)');
say(`with the password: ${password}`);
await import('../main.ts');

async function prepare(): Promise<void> {
  let now: Date | undefined;
  const installation = await openInstallation(loadConfig(process.env), {
    worker: false,
    log: () => {},
    clock: () => now ?? new Date(),
  });
  try {
    if (!(await isSetUpOpen(installation.deps))) return;
    say('Preparing the demonstration (first start only)');
    await tellStory(installation, (time) => {
      now = time;
    });
  } finally {
    await installation.close();
  }
}
