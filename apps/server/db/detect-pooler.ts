import pg from 'pg';

/** Whether somebody else answers in the place of PostgreSQL: a pooler tells another process than the one that works. */
export async function isPooled(url: string): Promise<boolean> {
  const client: pg.Client & { processID?: number } = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0]?.pid !== client.processID;
  } finally {
    await client.end();
  }
}
