import { pino } from 'pino';
import { buildApp } from './app.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { openInstallation } from './open-installation.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  await serve(loadConfig(process.env));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
}

async function serve(config: Config): Promise<void> {
  const logger = pino({
    level: config.logLevel,
    redact: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token', '*.secret'],
  });
  const installation = await openInstallation(config, {
    worker: true,
    log: (line) => logger.info(line),
    onError: (error) => logger.error({ err: error }, 'background work failed'),
  });
  const app = await buildApp(installation.deps, {
    logger,
    trustedProxies: config.trustedProxies,
    ...(config.metricsToken ? { metricsToken: config.metricsToken } : {}),
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      logger.info('finishing requests');
      await app.close();
      await installation.close();
      process.exit(0);
    })();
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
  await app.listen({ host: config.host, port: config.port });
  say(`Rollcall is at ${config.publicUrl}`);
}
