// A process that runs imports until it is killed; a test kills it in the middle.
import { Resolver } from 'node:dns/promises';
import { openDatabase } from '../db/open-database.ts';
import { openJobs } from '../db/open-jobs.ts';
import { startImportWorkers } from '../domain/imports/imports.workers.ts';
import type { Deps } from '../edge/deps.ts';
import { createRequestLimit } from '../edge/limit-requests.ts';
import { createEncryption } from '../platform/encryption.ts';

const db = openDatabase(process.argv[2]!);
const jobs = await openJobs(db, { worker: true });
const deps: Deps = {
  db,
  jobs,
  clock: () => new Date(),
  installation: {
    publicUrl: 'http://127.0.0.1:3000',
    encryption: createEncryption(['a secret for tests that is long enough']),
  },
  limitRequests: createRequestLimit(1_000),
  mail: null,
  resolver: new Resolver(),
};
await startImportWorkers(deps, jobs);
