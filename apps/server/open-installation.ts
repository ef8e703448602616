import { Resolver } from 'node:dns/promises';
import { CannotStart, explainDatabaseFailure } from './cannot-start.ts';
import type { Config } from './config.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './db/embedded/start-embedded-postgres.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { openJobs } from './db/open-jobs.ts';
import type { Deps } from './edge/deps.ts';
import { createRequestLimit } from './edge/limit-requests.ts';
import { keepSecret } from './keep-secret.ts';
import { createEncryption } from './platform/encryption.ts';
import { openMail } from './platform/mail/open-mail.ts';

/** Requests a minute that one session or key may make: enough for a busy integration, not for a runaway loop. */
const requestsPerMinute = 60_000;

export interface OpenOptions {
  /** Whether this process does background work; the command line only leaves it for the server. */
  worker: boolean;
  log: (line: string) => void;
  onError?: (error: Error) => void;
}

export interface OpenedInstallation {
  deps: Deps;
  databaseUrl: string;
  /** Ends what was opened: jobs first, the database last. */
  close(): Promise<void>;
}

/** Opens the database (embedded or named), brings it up to this version, and composes what the application is made of. */
export async function openInstallation(config: Config, options: OpenOptions): Promise<OpenedInstallation> {
  const secrets = config.secrets.length > 0 ? config.secrets : keepSecret(config.dataDir);
  let embedded: EmbeddedPostgres | undefined;
  try {
    if (!config.databaseUrl)
      embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log: options.log });
    const databaseUrl = config.databaseUrl ?? embedded!.url;
    await migrate(databaseUrl);
    const db = openDatabase(databaseUrl);
    const jobs = await openJobs(db, {
      worker: options.worker,
      ...(options.onError ? { onError: options.onError } : {}),
    });
    const deps: Deps = {
      db,
      jobs,
      clock: () => new Date(),
      installation: { publicUrl: config.publicUrl, encryption: createEncryption(secrets) },
      limitRequests: createRequestLimit(requestsPerMinute),
      mail: openMail(config.mail),
      resolver: new Resolver({ timeout: 3_000, tries: 2 }),
    };
    return {
      deps,
      databaseUrl,
      async close() {
        await jobs.stop();
        deps.mail?.transport.close();
        await db.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    const words = explainDatabaseFailure(error, config.databaseUrl);
    throw words ? new CannotStart(words) : error;
  }
}
