// Writes the table types from the migrated schema, so that no table is declared twice.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../apps/server/db/embedded/start-embedded-postgres.ts';
import { migrate } from '../apps/server/db/migrate.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-tables-'));
const postgres = await startEmbeddedPostgres({ dataDir, fsync: false });
try {
  await migrate(postgres.url);
  execFileSync(
    process.execPath,
    [
      'node_modules/kysely-codegen/dist/cli/bin.js',
      '--dialect=postgres',
      `--url=${postgres.url}`,
      '--default-schema=public',
      '--include-pattern=public.*',
      '--date-parser=string',
      '--type-mapping={"int8":"number"}',
      `--out-file=${process.argv[2] ?? 'apps/server/db/tables.gen.ts'}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
} finally {
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
