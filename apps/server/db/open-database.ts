import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './tables.gen.ts';

// A date is a calendar day and no moment; counts and versions stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** A transaction that has its organization set; it cannot be left and no other can be opened from it. */
export type Tx = Omit<Kysely<DB>, 'transaction' | 'startTransaction' | 'connection' | 'destroy'>;

export interface TransactionScope {
  /** The tenant that row-level security lets through; null for work that belongs to none (sign-in by name). */
  organizationId: string | null;
  now: Date;
  /** Milliseconds to wait for a lock before giving up; a preview sets it low. */
  lockTimeout?: number;
}

export interface Database {
  /**
   * Runs `work` in one transaction as the role that owns nothing. Commits when it resolves and rolls back when
   * it throws. A deadlock or serialisation failure is retried once, so `work` must have no effect outside `tx`.
   */
  transaction<T>(scope: TransactionScope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction as the owner, past row-level security: migrations, the sealer, finding work across tenants. */
  ownerTransaction<T>(work: (tx: Tx) => Promise<T>, now?: Date): Promise<T>;
  /** A connection of its own, past any pooler (LISTEN); the caller ends it. */
  connect(): Promise<pg.Client>;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens a pool on `url`, `poolSize` connections at most; where that is a pooler, `directUrl` leads past it. */
export function openDatabase(url: string, options: { poolSize?: number; directUrl?: string } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    application_name: 'rollcall',
    // Statements that do not wait for each other share a round trip, above all `begin` and the first one.
    pipeline: true,
  } as pg.PoolConfig);
  // An idle connection that breaks (the database restarts) is replaced at the next use.
  pool.on('error', () => {});
  // One that is in use tells its query, which is enough; without a listener the event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    pool,
    transaction: (scope, work) => retryOnce(() => run(pool, beginAsTenant(scope), work)),
    ownerTransaction: (work, now) =>
      retryOnce(() => run(pool, now ? `begin; ${setNow(now)}` : 'begin', work)),
    async connect() {
      const client = new pg.Client({
        connectionString: options.directUrl ?? url,
        application_name: 'rollcall',
      });
      await client.connect();
      return client;
    },
    close: () => pool.end(),
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One round trip: role, tenant and time of a transaction, all gone at its end (safe behind PgBouncer). */
function beginAsTenant({ organizationId, now, lockTimeout }: TransactionScope): string {
  if (organizationId !== null && !uuid.test(organizationId))
    throw new Error('The organization id is no UUID');
  return `begin; set local role rollcall_app; set local rollcall.organization_id = '${organizationId ?? ''}'; ${setNow(now)}${
    lockTimeout === undefined ? '' : `; set local lock_timeout = ${Math.trunc(lockTimeout)}`
  }`;
}

const setNow = (now: Date) => `set local rollcall.now = '${now.toISOString()}'`;

async function run<T>(pool: pg.Pool, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const begun = client.query(begin);
    // Where it fails, the statements behind it fail too, and theirs is the error that is thrown.
    begun.catch(() => {});
    const result = await work(kyselyOf(client));
    await begun;
    const end = await client.query('commit');
    if (end.command === 'ROLLBACK') throw new Error('The transaction had failed and was rolled back');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function retryOnce<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== '40P01' && code !== '40001') throw error;
    return await attempt();
  }
}

const kyselyByClient = new WeakMap<pg.PoolClient, Kysely<DB>>();

/** Kysely on this one connection, made once: a query built on it cannot run outside the transaction. */
function kyselyOf(client: pg.PoolClient): Kysely<DB> {
  let kysely = kyselyByClient.get(client);
  if (!kysely) {
    const bound = { query: prepared(client), release() {} } as unknown as pg.PoolClient;
    kysely = new Kysely<DB>({
      dialect: new PostgresDialect({ pool: { connect: async () => bound, end: async () => {} } as never }),
    });
    kyselyByClient.set(client, kysely);
  }
  return kysely;
}

const statementNames = new Map<string, string>();
const mostStatements = 500;

/** Names every statement that has parameters, so that the server parses and plans it once (78 µs against 193). */
function prepared(client: pg.PoolClient) {
  return (text: unknown, values?: unknown[]) => {
    if (typeof text !== 'string') return client.query(text as never);
    if (!values?.length || text.length > 20_000) return client.query(text, values);
    let name = statementNames.get(text);
    if (!name && statementNames.size < mostStatements) {
      name = `s${statementNames.size}`;
      statementNames.set(text, name);
    }
    return client.query({ ...(name ? { name } : {}), text, values });
  };
}
