import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { installJobs } from '../db/install-jobs.ts';
import { type Migration, prepareDatabase, readMigrations } from '../db/migrate.ts';
import { putBackJobs } from '../db/put-back-jobs.ts';
import type { OpenedBackup } from './read-backup.ts';
import { BackupNotReadable, type BackupRecord, type End, type Header } from './records.ts';
import { jobColumns, jobsTable, listTables } from './write-backup.ts';

/** The database holds something, or somebody uses it. */
export class CannotRestore extends Error {}

export interface RestoreOptions {
  /** Takes the place of what is there, in the same transaction. */
  replace?: boolean;
  /** Called when all is in place and nothing is committed yet. */
  beforeCommit?: () => Promise<void>;
}

/**
 * Puts a backup into an empty database, at the version that it was made with; migrating it forward is the next step.
 * In one transaction: a backup that turns out to be cut off or changed leaves the database as it was.
 * @throws BackupNotReadable, CannotRestore
 */
export async function restoreBackup(
  databaseUrl: string,
  backup: OpenedBackup,
  options: RestoreOptions = {},
): Promise<End> {
  const migrations = await migrationsOf(backup.header);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'rollcall restore' });
  await client.connect();
  client.on('error', () => {});
  try {
    await client.query(`select pg_advisory_lock(hashtext('rollcall.migrate'))`);
    await requireUnused(client);
    if (!options.replace) await requireEmpty(client);
    await prepareDatabase(client);
    await installJobs(client);
    await client.query('begin');
    await client.query(`
      drop schema public cascade; create schema public; grant usage on schema public to public;
      delete from pgboss.job; delete from pgboss.schedule;
      create temporary table restored_jobs (queue text, data jsonb, start_after timestamptz, singleton_key text) on commit drop`);
    await prepareDatabase(client);
    for (const migration of migrations) await client.query(migration.sql);
    const end = await fill(client, backup);
    await client.query(
      'insert into schema_migrations (name, checksum) select * from unnest($1::text[], $2::text[])',
      [migrations.map(({ name }) => name), migrations.map(({ checksum }) => checksum)],
    );
    await putBackJobs(client);
    await options.beforeCommit?.();
    await client.query('commit');
    await client.query('analyze');
    return end;
  } finally {
    await client.end();
  }
}

/**
 * The migrations that a backup was made with: its schema comes from them and not from the file.
 * @throws BackupNotReadable where this version does not have them
 */
export async function migrationsOf(header: Header): Promise<Migration[]> {
  const known = new Map((await readMigrations()).map((migration) => [migration.name, migration]));
  return header.migrations.map(({ name, checksum }) => {
    const migration = known.get(name);
    if (migration?.checksum === checksum) return migration;
    throw new BackupNotReadable(
      `The backup was made by another version of Rollcall (it has ${name}); restore it with that version.`,
    );
  });
}

/** Constraints and triggers wait until all is there: rows refer to each other in circles, and history is among them. */
async function fill(client: pg.Client, backup: OpenedBackup): Promise<End> {
  const constraints = await client.query<{ table: string; name: string; definition: string }>(`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`);
  const tables = await listTables(client);
  const each = (sql: (table: string) => string) =>
    client.query(tables.map(({ name }) => sql(client.escapeIdentifier(name))).join(';'));
  for (const { table, name } of constraints.rows)
    await client.query(`alter table ${table} drop constraint ${name}`);
  await each((table) => `alter table ${table} disable trigger user; delete from ${table}`);
  const end = await copyIn(
    client,
    backup.records,
    new Map(tables.map(({ name, columns }) => [name, columns])),
  );
  await each((table) => `alter table ${table} enable trigger user`);
  for (const { table, name, definition } of constraints.rows)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  return end;
}

async function copyIn(
  client: pg.Client,
  records: AsyncIterable<BackupRecord>,
  known: ReadonlyMap<string, string[]>,
): Promise<End> {
  const iterator = records[Symbol.asyncIterator]();
  const counts: Record<string, number> = {};
  let next = await iterator.next();
  while (!next.done && next.value.kind === 'table') {
    const { name, columns } = next.value.value;
    const copy = client.query(copyFrom(`copy ${targetOf(client, name, columns, known)} from stdin`));
    const data = async function* () {
      for (
        next = await iterator.next();
        !next.done && next.value.kind === 'data';
        next = await iterator.next()
      )
        yield next.value.bytes;
    };
    await pipeline(data, copy);
    counts[name] = copy.rowCount ?? 0;
  }
  if (next.done || next.value.kind !== 'end') throw new BackupNotReadable('The backup is damaged.');
  const end = next.value.value;
  const wrong = Object.entries(end.rows).find(([name, count]) => counts[name] !== count);
  if (wrong) throw new BackupNotReadable(`The backup is damaged: rows of ${wrong[0]} are missing.`);
  return end;
}

function targetOf(
  client: pg.Client,
  name: string,
  columns: readonly string[],
  known: ReadonlyMap<string, string[]>,
): string {
  if (name === jobsTable) return `pg_temp.restored_jobs (${jobColumns.join(', ')})`;
  if (!columns.every((column) => known.get(name)?.includes(column)))
    throw new BackupNotReadable(`The backup has a table ${name} that its version of Rollcall does not have.`);
  return `public.${client.escapeIdentifier(name)} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')})`;
}

async function requireEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and relname <> 'schema_migrations' limit 1`);
  if (rows.length === 0) return;
  throw new CannotRestore(
    'The database is not empty. Restore into an empty database or data folder, or give --replace to put the backup in the place of what is there.',
  );
}

/** A server that runs would go on with what it has read of the former data. */
async function requireUnused(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`
    select 1 from pg_stat_activity where datname = current_database() and application_name = 'rollcall' limit 1`);
  if (rows.length === 0) return;
  throw new CannotRestore('Rollcall is running on this database. Stop it first, then restore.');
}
