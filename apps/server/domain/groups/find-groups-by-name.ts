import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';

/**
 * Groups by their names, as an operator types them; case and accents do not count.
 * @returns one id a name, in their order
 * @throws AppError `not_found` that names those that are not there
 */
export async function findGroupsByName(ctx: Context, names: readonly string[]): Promise<string[]> {
  requirePermission(ctx, 'groups:read');
  const { rows } = await sql<{ name: string; id: string | null }>`
    select wanted.name, g.id from unnest(${[...names]}::text[]) with ordinality as wanted(name, place)
    left join groups g on g.organization_id = ${ctx.organizationId} and g.name_key = fold(wanted.name)
    order by wanted.place`.execute(ctx.tx);
  const missing = rows.filter(({ id }) => id === null).map(({ name }) => `“${name}”`);
  if (missing.length > 0)
    throw new AppError('not_found', { detail: `There is no group ${missing.join(', ')}.` });
  return rows.map(({ id }) => id!);
}
