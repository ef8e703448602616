import pg from 'pg';
import { migrate } from '../db/migrate.ts';

export const templateName = 'rollcall_template';

/** The URL of another database of the same cluster. */
export function urlOf(clusterUrl: string, database: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

/** Makes the migrated database that each test file gets a clone of. */
export async function prepareTemplate(clusterUrl: string): Promise<void> {
  await execute(clusterUrl, `create database ${templateName}`);
  await migrate(urlOf(clusterUrl, templateName));
}

/** Runs one statement on the cluster's own database. */
export async function execute(clusterUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: clusterUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
