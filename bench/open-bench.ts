import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../apps/server/db/embedded/start-embedded-postgres.ts';
import { migrate } from '../apps/server/db/migrate.ts';

export interface Bench {
  databaseUrl: string;
  dataDir: string;
  /** Starts a script of ours with this environment and waits until it prints `sign`. */
  start(script: string, env: Record<string, string>, sign: string): Promise<ChildProcess>;
  close(): Promise<void>;
}

/** A durable PostgreSQL of its own (fsync on, as people run it), migrated, and the processes of one benchmark. */
export async function openBench(): Promise<Bench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  await migrate(postgres.url);
  const children: ChildProcess[] = [];
  return {
    databaseUrl: postgres.url,
    dataDir,
    async start(script, env, sign) {
      const child = spawn(process.execPath, ['--max-semi-space-size=8', script], {
        env: { ...process.env, ...env, DATABASE_URL: postgres.url, ROLLCALL_DATA_DIR: dataDir },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      await new Promise<void>((resolve, reject) => {
        child.stdout!.on('data', (chunk) => String(chunk).includes(sign) && resolve());
        child.on('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
      });
      return child;
    },
    async close() {
      await Promise.all(
        children.map((child) => {
          const gone = new Promise((resolve) => child.once('exit', resolve));
          child.kill('SIGTERM');
          return gone;
        }),
      );
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
