import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type End, encodeRecord, type Header, type TableStart } from './records.ts';
import { type Passphrase, writeSealedFile } from './sealed-file.ts';

export interface BackupSource {
  databaseUrl: string;
  secrets: string[];
}

export interface BackupSummary {
  path: string;
  createdAt: string;
  tables: number;
  rows: number;
}

/** Under this name a backup keeps the background work that was still to be done. */
export const jobsTable = 'pgboss.job';

/** What of a job survives: the queue knows the rest. */
export const jobColumns = ['queue', 'data', 'start_after', 'singleton_key'];

/**
 * Writes everything that an installation is to one file: all tables as they are at one instant, while the server goes
 * on, the background work that waits, and the secrets. Streams; memory does not grow with the database.
 */
export async function writeBackup(
  source: BackupSource,
  path: string,
  passphrase: Passphrase,
): Promise<BackupSummary> {
  const client = new pg.Client({ connectionString: source.databaseUrl, application_name: 'rollcall backup' });
  await client.connect();
  // A database that goes away during it makes a query fail, which is enough.
  client.on('error', () => {});
  const createdAt = new Date().toISOString();
  const end: End = { rows: {} };
  try {
    await client.query('begin isolation level repeatable read read only');
    await writeSealedFile(
      path,
      passphrase,
      readEverything(client, { createdAt, secrets: source.secrets }, end),
    );
  } finally {
    await client.end();
  }
  const counts = Object.values(end.rows);
  return { path, createdAt, tables: counts.length, rows: counts.reduce((sum, count) => sum + count, 0) };
}

async function* readEverything(
  client: pg.Client,
  about: Pick<Header, 'createdAt' | 'secrets'>,
  end: End,
): AsyncGenerator<Buffer> {
  const { rows: migrations } = await client.query(
    'select name, checksum from schema_migrations order by name',
  );
  const { rows } = await client.query(`select current_setting('server_version') as version`);
  yield encodeRecord('header', { format: 1, ...about, postgresVersion: rows[0].version, migrations });
  for (const table of await listTables(client)) {
    const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
    yield* readTable(
      client,
      table,
      `select ${columns} from public.${client.escapeIdentifier(table.name)}`,
      end,
    );
  }
  yield* readTable(
    client,
    { name: jobsTable, columns: jobColumns },
    `select name, data, start_after, singleton_key from pgboss.job where state < 'completed'`,
    end,
  );
  yield encodeRecord('end', end);
}

async function* readTable(
  client: pg.Client,
  table: TableStart,
  selection: string,
  end: End,
): AsyncGenerator<Buffer> {
  yield encodeRecord('table', table);
  const copy = client.query(copyTo(`copy (${selection}) to stdout`));
  for await (const chunk of copy) yield encodeRecord('data', chunk as Buffer);
  end.rows[table.name] = copy.rowCount;
}

/** All tables of the schema; columns that the database computes are left to it. */
export async function listTables(client: pg.Client): Promise<TableStart[]> {
  const { rows } = await client.query<TableStart>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'schema_migrations'
    group by c.relname order by c.relname`);
  return rows;
}
