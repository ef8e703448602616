import { Resolver } from 'node:dns/promises';
import { backUpBeforeUpgrade } from './backup/back-up-before-upgrade.ts';
import type { Config } from './config.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { openJobs } from './db/open-jobs.ts';
import type { Deps } from './edge/deps.ts';
import { createRequestLimit } from './edge/limit-requests.ts';
import { openStorage, type Storage, told } from './open-storage.ts';
import { createEncryption } from './platform/encryption.ts';
import { openMail } from './platform/mail/open-mail.ts';

/** Requests a minute that one session or key may make: enough for a busy integration, not for a runaway loop. */
const requestsPerMinute = 60_000;

export interface OpenOptions {
  /** Whether this process does background work; the command line only leaves it for the server. */
  worker: boolean;
  log: (line: string) => void;
  onError?: (error: Error) => void;
  clock?: () => Date;
}

export interface OpenedInstallation {
  deps: Deps;
  storage: Storage;
  /** Ends what was opened: jobs first, the database last. */
  close(): Promise<void>;
}

/** Opens the database, brings it up to this version, and composes what the application is made of. */
export async function openInstallation(config: Config, options: OpenOptions): Promise<OpenedInstallation> {
  const storage = await openStorage(config, options.log);
  try {
    await told(config, () =>
      migrate(storage.databaseUrl, {
        async beforeUpgrade(pending) {
          const path = await backUpBeforeUpgrade(config.dataDir, storage);
          options.log(`Backed up to ${path}, before ${pending.length} migrations`);
        },
      }),
    );
    return await told({ ...config, databaseDirectUrl: undefined }, () => compose(config, storage, options));
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function compose(config: Config, storage: Storage, options: OpenOptions): Promise<OpenedInstallation> {
  const db = openDatabase(storage.poolUrl, { directUrl: storage.databaseUrl });
  const jobs = await openJobs(db, {
    worker: options.worker,
    ...(options.onError ? { onError: options.onError } : {}),
  });
  const deps: Deps = {
    db,
    jobs,
    clock: options.clock ?? (() => new Date()),
    installation: { publicUrl: config.publicUrl, encryption: createEncryption(storage.secrets) },
    limitRequests: createRequestLimit(requestsPerMinute),
    mail: openMail(config.mail),
    resolver: new Resolver({ timeout: 3_000, tries: 2 }),
  };
  return {
    deps,
    storage,
    async close() {
      await jobs.stop();
      deps.mail?.transport.close();
      await db.close();
      await storage.close();
    },
  };
}
