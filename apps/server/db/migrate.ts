import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { installJobs } from './install-jobs.ts';
import { queues } from './queues.ts';

const directory = new URL('../migrations/', import.meta.url);

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** The migrations of this version, in order. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, directory), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** The database and this version do not go together; the message says what to do. */
export class CannotMigrate extends Error {}

export interface MigrateOptions {
  migrations?: Migration[];
  /** Called before the first change to a database that already has a schema: the place for a backup. */
  beforeUpgrade?: (pending: string[]) => Promise<void>;
}

/**
 * Brings the database up to this version: forward only, each file in its own transaction, one process at a time
 * (advisory lock). Refuses a database that a newer version has migrated or whose files have been changed since.
 * @returns the names applied now
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = options.migrations ?? (await readMigrations());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('rollcall.migrate'))`);
    await prepareDatabase(client);
    const pending = await findPending(client, migrations);
    if (pending.length > 0 && pending.length < migrations.length) {
      await options.beforeUpgrade?.(pending.map((migration) => migration.name));
    }
    for (const migration of pending) await apply(client, migration);
    if (pending.length > 0 || !(await jobsInstalled(client))) await installJobs(client);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** What every migration expects: the role that the application acts as, and the table of what was applied. */
export async function prepareDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`select current_setting('server_version_num')::int as version`);
  if (rows[0].version < 150_000) throw new CannotMigrate('Rollcall needs PostgreSQL 15 or newer.');
  // Whoever may not make roles has both done already. Two databases of one server may come here at the same moment.
  await client.query(`do $$ begin
    if to_regrole('rollcall_app') is null then create role rollcall_app nologin; end if;
    exception when duplicate_object or unique_violation then null; end $$`);
  const actAs = rows[0].version < 160_000 ? 'member' : 'set';
  await client.query(`do $$ begin
    if not pg_has_role('rollcall_app', '${actAs}') then execute format('grant rollcall_app to %I', current_user); end if;
  end $$`);
  await client.query(`create table if not exists schema_migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
}

async function findPending(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations',
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const [name, checksum] of applied) {
    const migration = known.get(name);
    if (!migration)
      throw new CannotMigrate(
        `The database was migrated by a newer version of Rollcall (${name}). Start that version.`,
      );
    if (migration.checksum !== checksum)
      throw new CannotMigrate(
        `The migration ${name} is not the one this database was made with. Start the version of Rollcall that made it, unchanged.`,
      );
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`The migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Whether the job queue stands with all the queues of this version; a new one needs no migration of its own. */
async function jobsInstalled(client: pg.Client): Promise<boolean> {
  const schema = await client.query(`select to_regclass('pgboss.queue') is not null as stands`);
  if (!schema.rows[0].stands) return false;
  const { rows } = await client.query('select name from pgboss.queue');
  const present = new Set(rows.map((row) => row.name));
  return Object.keys(queues).every((queue) => present.has(queue));
}
