import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { type App, buildApp } from './app.ts';
import { CannotStart, explainPortFailure } from './cannot-start.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { createFirstOrganization, issueSetUpLink } from './edge/set-up-installation.ts';
import { type OpenedInstallation, openInstallation } from './open-installation.ts';
import { AppError } from './platform/errors.ts';
import { startWorkers } from './start-workers.ts';

/** How long open requests may take at the end, before it goes on without them. */
const patience = 20_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  await serve(loadConfig(process.env));
} catch (error) {
  const told = error instanceof ConfigError || error instanceof CannotStart;
  process.stderr.write(`${told ? error.message : (error as Error).stack}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
}

async function serve(config: Config): Promise<void> {
  // What people read goes to stdout, the log to stderr: each can be kept by itself.
  const logger = pino(
    {
      level: config.logLevel,
    },
    pino.destination(2),
  );
  const onError = (error: Error) => logger.error({ err: error }, 'background work failed');
  const installation = await openInstallation(config, {
    worker: true,
    log: (line) => logger.info(line),
    onError,
  });
  const { deps } = installation;
  try {
    await createOrganizationFromEnvironment(config, installation);
    const app = await buildApp(deps, {
      logger,
      trustedProxies: config.trustedProxies,
      ...(config.metricsToken ? { metricsToken: config.metricsToken } : {}),
    });
    const openRequests = countRequests(app);
    await listen(app, config);
    const workers = await startWorkers(deps, onError);
    stopOnSignal(async () => {
      logger.info('finishing requests');
      await finishRequests(app, openRequests);
      await workers.stop();
      await installation.close();
      logger.info('stopped');
    }, onError);
    const link = await issueSetUpLink(deps);
    say(`Rollcall is at ${config.publicUrl}${link ? `\nSet it up: ${link}` : ''}`);
  } catch (error) {
    await installation.close();
    throw error;
  }
}

async function createOrganizationFromEnvironment(
  { firstOrganization }: Config,
  { deps }: OpenedInstallation,
): Promise<void> {
  if (!firstOrganization) return;
  try {
    await createFirstOrganization(deps, firstOrganization);
    say(`Set up ${firstOrganization.name}: sign in as ${firstOrganization.email}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'already_set_up') return;
    throw new CannotStart(
      `ROLLCALL_ADMIN_PASSWORD was refused: ${error.fields[0]?.message ?? error.message}`,
    );
  }
}

async function listen(app: App, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const words = await explainPortFailure(error as NodeJS.ErrnoException, { host, port });
    throw words ? new CannotStart(words) : error;
  }
}

/** Counts the requests that are being answered; asked for when none may begin any more. */
function countRequests(app: App): () => number {
  let open = 0;
  app.server.on('request', (_request, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
  });
  return () => open;
}

/** Resolves when every open request has been answered, or after the time that they may take. */
async function finishRequests(app: App, openRequests: () => number): Promise<void> {
  // A connection without a request would otherwise be kept for a next one, or for the first, which cannot come.
  const idle = setInterval(() => {
    if (openRequests() === 0) app.server.closeAllConnections();
  }, 50);
  await Promise.race([app.close(), sleep(patience)]);
  clearInterval(idle);
}

/** The first signal ends the process in order; more of them change nothing. */
function stopOnSignal(stop: () => Promise<void>, onError: (error: Error) => void): void {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: Error) => {
        onError(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}
