import pg from 'pg';
import { readMigrations } from './migrate.ts';

export interface DatabaseStatus {
  postgresVersion: string;
  bytes: number;
  applied: string[];
  pending: string[];
  /** Null before the first migration. */
  organizations: number | null;
  /** Connections that Rollcall's processes hold, this one aside. */
  connections: number;
}

/** Looks at a database as it stands, whatever its version, and changes nothing. */
export async function readDatabaseStatus(url: string): Promise<DatabaseStatus> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`
      select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes,
        to_regclass('schema_migrations') is not null as migrated, to_regclass('organizations') is not null as has_organizations,
        (select count(*)::int from pg_stat_activity where datname = current_database() and application_name = 'rollcall') as connections`);
    const { version, bytes, migrated, has_organizations, connections } = rows[0];
    const names = migrated
      ? (await client.query('select name from schema_migrations order by name')).rows
      : [];
    const applied = names.map(({ name }) => name as string);
    const known = (await readMigrations()).map(({ name }) => name);
    const counted =
      has_organizations && (await client.query('select count(*)::int as count from organizations'));
    return {
      postgresVersion: version.split(' ')[0],
      bytes,
      applied,
      pending: known.filter((name) => !applied.includes(name)),
      organizations: counted ? counted.rows[0].count : null,
      connections,
    };
  } finally {
    await client.end();
  }
}
