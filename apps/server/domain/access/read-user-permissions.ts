import type { Permission } from '@rollcall/contract/permissions';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { grantsOf, parseGrants } from './read-grants.ts';
import { requirePermission } from './require-permission.ts';

/** What a user may do at this moment, somewhere at least. */
export async function readUserPermissions(ctx: Context, userId: string): Promise<Permission[]> {
  requirePermission(ctx, 'users:read');
  const { rows } = await sql<{ grants: string | null }>`
    select ${grantsOf(sql`${userId}::uuid`, ctx.now)} as grants`.execute(ctx.tx);
  return [...parseGrants(rows[0]!.grants).keys()].sort();
}
