import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { clusterFolder, readDataMajor } from '../db/embedded/cluster-folder.ts';
import { locateBinaries } from '../db/embedded/locate-binaries.ts';
import { stopPostmaster } from '../db/embedded/run-postmaster.ts';
import { startEmbeddedPostgres } from '../db/embedded/start-embedded-postgres.ts';
import { prepareTemplate } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of the run's cluster. */
    postgresUrl: string;
  }
}

const PREFIX = 'rollcall-test-';

/**
 * One PostgreSQL for the whole run, in a folder that is gone afterwards.
 * `ROLLCALL_TEST_POSTGRES=15` takes the oldest supported version instead of the embedded one.
 */
export default async function startCluster(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandonedClusters();
  const binaries =
    process.env.ROLLCALL_TEST_POSTGRES === '15' ? locateBinaries('embedded-postgres-15') : locateBinaries();
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const cluster = await startEmbeddedPostgres({ dataDir, fsync: false, binaries });
  await prepareTemplate(cluster.url);
  project.provide('postgresUrl', cluster.url);
  return async () => {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** A run that was killed leaves its cluster behind; the next one clears it away. */
async function removeAbandonedClusters(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    if (isAlive(owner)) continue;
    const dataDir = join(tmpdir(), name);
    try {
      const major = readDataMajor(dataDir);
      if (major !== undefined) await stopPostmaster(clusterFolder(dataDir, major));
      rmSync(dataDir, { recursive: true, force: true });
    } catch {
      // It belongs to another user of this machine.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
