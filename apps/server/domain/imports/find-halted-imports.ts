import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';

/** The imports, of all organizations, that are in the middle of a step which nobody has gone on with since `before`. */
export async function findHaltedImports(
  tx: Tx,
  before: Date,
): Promise<{ organizationId: string; importId: string }[]> {
  const { rows } = await sql<{ organizationId: string; importId: string }>`
    select organization_id as "organizationId", id as "importId" from find_halted_imports(${before})`.execute(
    tx,
  );
  return rows;
}
