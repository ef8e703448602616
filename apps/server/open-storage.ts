import { CannotUpgrade, upgradeEmbedded } from './backup/upgrade-embedded.ts';
import { CannotStart, explainDatabaseFailure } from './cannot-start.ts';
import type { Config } from './config.ts';
import { isPooled } from './db/detect-pooler.ts';
import {
  DataMajorMismatch,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from './db/embedded/start-embedded-postgres.ts';
import { keepSecret } from './keep-secret.ts';

/** Where everything lies: the secrets, the present one first, and a database that answers. */
export interface Storage {
  secrets: string[];
  /** The database itself, past any pooler. */
  databaseUrl: string;
  /** Where many short transactions go: the pooler, if there is one. */
  poolUrl: string;
  /** Leaves the database; the last process of an embedded one stops it. */
  close(): Promise<void>;
}

/**
 * Opens the database (embedded or named) as it stands, without bringing it up to this version.
 * @throws CannotStart with what to do
 */
export async function openStorage(config: Config, log: (line: string) => void): Promise<Storage> {
  const secrets = config.secrets.length > 0 ? config.secrets : keepSecret(config.dataDir);
  if (config.databaseUrl) {
    const databaseUrl = config.databaseDirectUrl ?? config.databaseUrl;
    if (!config.databaseDirectUrl) await told(config, () => requireNoPooler(databaseUrl));
    return { secrets, databaseUrl, poolUrl: config.databaseUrl, close: async () => {} };
  }
  const embedded = await told(config, () => openEmbedded(config, secrets, log));
  return { secrets, databaseUrl: embedded.url, poolUrl: embedded.url, close: embedded.stop };
}

async function openEmbedded(
  { dataDir }: Config,
  secrets: string[],
  log: (line: string) => void,
): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres({ dataDir, log });
  } catch (error) {
    if (!(error instanceof DataMajorMismatch) || error.dataMajor > error.binariesMajor) throw error;
    await upgradeEmbedded({ dataDir, secrets, log });
    return startEmbeddedPostgres({ dataDir, log });
  }
}

/**
 * Behind a pooler the lock of a migration would stay behind on a connection of the pooler's, and every later start
 * would wait for it without end.
 */
async function requireNoPooler(databaseUrl: string): Promise<void> {
  if (!(await isPooled(databaseUrl))) return;
  throw new CannotStart(
    'DATABASE_URL leads to a pooler. Set DATABASE_DIRECT_URL as well, to the same database past the pooler.',
  );
}

/** Runs what may fail because of the database and says so in words. */
export async function told<T>(config: Config, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const words = error instanceof CannotUpgrade ? error.message : explainDatabaseFailure(error, config);
    throw words ? new CannotStart(words, { cause: error }) : error;
  }
}
