import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';

export interface OrganizationSummary {
  id: string;
  name: string;
  createdAt: string;
}

/** Every organization of this installation, oldest first; for its operator, in the owner's transaction. */
export async function listOrganizations(tx: Tx): Promise<OrganizationSummary[]> {
  const { rows } = await sql<Omit<OrganizationSummary, 'createdAt'> & { createdAt: Date }>`
    select id, name, created_at as "createdAt" from organizations order by created_at, id`.execute(tx);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
