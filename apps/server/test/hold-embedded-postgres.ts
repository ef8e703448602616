import { startEmbeddedPostgres } from '../db/embedded/start-embedded-postgres.ts';

// A process for tests to kill: it opens the database of a data folder, prints its address, and keeps it open.
const database = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', fsync: false });
process.stdout.write(`${database.url}\n`);
process.once('SIGTERM', async () => {
  await database.stop();
  process.exit();
});
setInterval(() => {}, 60_000);
