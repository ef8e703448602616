// Import of a file against bare COPYs of the same final rows into the same tables, empty, with their indexes and
// constraints (foreign keys included) and without the triggers of ours.
import { Resolver } from 'node:dns/promises';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { migrate } from '../apps/server/db/migrate.ts';
import { openDatabase } from '../apps/server/db/open-database.ts';
import { openJobs } from '../apps/server/db/open-jobs.ts';
import type { Context } from '../apps/server/domain/context.ts';
import { runImport } from '../apps/server/domain/imports/advance-import.ts';
import { applyImport } from '../apps/server/domain/imports/apply-import.ts';
import { createImport } from '../apps/server/domain/imports/create-import.ts';
import { previewImport } from '../apps/server/domain/imports/preview-import.ts';
import { readImport } from '../apps/server/domain/imports/read-import.ts';
import { createOrganization } from '../apps/server/domain/organizations/create-organization.ts';
import type { Deps } from '../apps/server/edge/deps.ts';
import { inContext } from '../apps/server/edge/in-context.ts';
import { createRequestLimit } from '../apps/server/edge/limit-requests.ts';
import { createEncryption } from '../apps/server/platform/encryption.ts';
import { newId } from '../apps/server/platform/ids.ts';
import { type Bench, openBench } from './open-bench.ts';

/** Prints one line a size: seconds of each step, the ratio of applying to the floor, and how memory grew. */
export async function benchImport(sizes: number[]): Promise<void> {
  console.log('import (s)  rows     upload  preview  apply   copy    apply/copy  µs a row  memory MB');
  for (const size of sizes) {
    const bench = await openBench();
    try {
      console.log(await measure(bench, size));
    } finally {
      await bench.close();
    }
  }
}

async function measure(bench: Bench, size: number): Promise<string> {
  const db = openDatabase(bench.databaseUrl);
  const jobs = await openJobs(db, { worker: false });
  const deps: Deps = {
    db,
    jobs,
    clock: () => new Date(),
    installation: {
      publicUrl: 'http://127.0.0.1:3000',
      encryption: createEncryption(['a secret for the benchmark, long enough']),
    },
    limitRequests: createRequestLimit(1_000_000),
    mail: null,
    resolver: new Resolver(),
  };
  const organizationId = newId();
  const actor = { kind: 'system', name: 'Benchmark', ip: null } as const;
  const inTransaction = <T>(work: (ctx: Context) => Promise<T>) =>
    inContext(deps, { organizationId, actor, requestId: 'bench' }, work);
  await db.ownerTransaction((tx) =>
    createOrganization(
      {
        tx,
        organizationId,
        actor,
        now: new Date(),
        requestId: 'bench',
        installation: deps.installation,
        enqueue: (...job) => jobs.enqueue(tx, ...job),
      },
      { name: 'Benchmark' },
    ),
  );
  await inTransaction((ctx) =>
    ctx.tx
      .insertInto('groups')
      .values(groups.map((name) => ({ organization_id: organizationId, id: newId(), name })))
      .execute(),
  );
  // The code is warm in a server; the first thousand rows of a process are not what is measured.
  await importFile(inTransaction, 1_000, 'warm');
  const before = await countRows(bench.databaseUrl);
  const memory = watchMemory();
  const times = await importFile(inTransaction, size, 'agent');
  const grown = memory.stop();
  const after = await countRows(bench.databaseUrl);
  await jobs.stop();
  await db.close();
  const tables = [...after]
    .filter(([table, count]) => count > (before.get(table) ?? 0))
    .map(([table]) => table);
  const written = tables.filter((table) => !staged.includes(table));
  const copy = await measureCopies(
    bench,
    [...after.keys()].filter((table) => !written.includes(table)),
    written,
  );
  const columns = [
    size.toString().padStart(8),
    ...[times.upload, times.preview, times.apply, copy].map((time) => time.toFixed(2).padStart(7)),
    (times.apply / copy).toFixed(2).padStart(9),
    ((times.apply / size) * 1e6).toFixed(0).padStart(9),
    (grown / 1024 / 1024).toFixed(0).padStart(9),
  ];
  return `          ${columns.join(' ')}   [${written.join(', ')}]`;
}

const groups = ['Support', 'Sales', 'Billing', 'Retention', 'Night shift', 'VIP', 'Français', 'Deutsch'];
/** What the upload and the preview wrote, and applying only reads. */
const staged = ['import_rows', 'import_plans', 'imports'];

async function importFile(
  inTransaction: <T>(work: (ctx: Context) => Promise<T>) => Promise<T>,
  size: number,
  prefix: string,
) {
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const start = performance.now();
    const result = await work();
    return [result, (performance.now() - start) / 1000];
  };
  const file = Readable.from(lines(size, prefix));
  const [id, upload] = await timed(() =>
    inTransaction((ctx) => createImport(ctx, { fileName: 'agents.csv', file })),
  );
  const [, preview] = await timed(async () => {
    await inTransaction((ctx) => previewImport(ctx, id));
    await runImport(inTransaction, id);
  });
  const previewed = await inTransaction((ctx) => readImport(ctx, id));
  const [, apply] = await timed(async () => {
    await inTransaction((ctx) => applyImport(ctx, id, { digest: previewed.digest! }));
    await runImport(inTransaction, id);
  });
  const { applied } = await inTransaction((ctx) => readImport(ctx, id));
  if (applied?.done !== size) throw new Error(`Of ${size} rows, ${applied?.done} were done.`);
  return { upload, preview, apply };
}

function* lines(size: number, prefix: string): Generator<Buffer> {
  let text = 'firstName,lastName,email,groups,department,title,site\r\n';
  for (let n = 0; n < size; n += 1) {
    text += `${['Ada', 'Grace', 'Alan', 'Edsger'][n % 4]},Example ${n},${prefix}${n}@example.com,${groups[n % groups.length]},Department ${n % 20},Agent,Site ${n % 7}\r\n`;
    if (text.length > 60_000) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(text);
}

function watchMemory() {
  globalThis.gc?.();
  const baseline = process.memoryUsage().rss;
  let peak = baseline;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  return {
    stop() {
      clearInterval(timer);
      return peak - baseline;
    },
  };
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Rows of every table that has some, in an order in which foreign keys are met. */
function countRows(url: string): Promise<Map<string, number>> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and (n.nspname = 'public' or c.oid = 'pgboss.job'::regclass
        or c.oid in (select inhrelid from pg_inherits where inhparent = 'pgboss.job'::regclass))
        and c.relname not in ('schema_migrations', 'free_extensions', 'extension_ranges')
      order by c.oid`);
    const counts = new Map<string, number>();
    for (const { name } of rows) {
      const { rows: found } = await client.query<{ count: number }>(
        `select count(*)::int as count from ${name}`,
      );
      if (found[0]!.count > 0) counts.set(name.replace(/^public\./, ''), found[0]!.count);
    }
    return counts;
  });
}

/** Seconds that COPY takes to write `tables`; `others` are what they refer to, and are there already. */
async function measureCopies(bench: Bench, others: string[], tables: string[]): Promise<number> {
  const floor = new URL(bench.databaseUrl);
  floor.pathname = '/floor';
  await withClient(bench.databaseUrl, (client) => client.query('create database floor'));
  await migrate(floor.toString());
  const fileOf = (table: string) => join(bench.dataDir, `${table}.copy`);
  const columns = new Map<string, string>();
  await withClient(bench.databaseUrl, async (client) => {
    for (const table of [...others, ...tables]) {
      const { rows } = await client.query<{ list: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        [table],
      );
      columns.set(table, rows[0]!.list);
      await pipeline(
        client.query(to(`copy (select ${rows[0]!.list} from ${table}) to stdout`)),
        createWriteStream(fileOf(table)),
      );
    }
  });
  return withClient(floor.toString(), async (client) => {
    for (const table of [...others, ...tables])
      await client.query(`alter table ${table} disable trigger user`);
    const copy = (table: string) =>
      pipeline(
        createReadStream(fileOf(table)),
        client.query(from(`copy ${table} (${columns.get(table)}) from stdin`)),
      );
    // Some of them refer to rows that come later.
    await client.query(`set session_replication_role = replica`);
    for (const table of others) await copy(table);
    await client.query(`set session_replication_role = origin; checkpoint`);
    const start = performance.now();
    for (const table of tables) await copy(table);
    return (performance.now() - start) / 1000;
  });
}

if (import.meta.main) await benchImport((process.argv[2] ?? '1000,10000,100000').split(',').map(Number));
