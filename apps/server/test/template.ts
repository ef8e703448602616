import pg from 'pg';

/** Makes the database that each test file's own one is cloned from. */
export async function prepareTemplate(postgresUrl: string): Promise<void> {
  const client = new pg.Client(postgresUrl);
  await client.connect();
  await client.query('create database rollcall_template');
  await client.end();
}
