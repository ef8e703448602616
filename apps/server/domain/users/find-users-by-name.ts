import { normaliseSignInName } from '@rollcall/contract/person-fields';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Users by their sign-in names or ids, as an operator types them.
 * @returns one id a name, in their order
 * @throws AppError `not_found` that names those who are not there
 */
export async function findUsersByName(ctx: Context, names: readonly string[]): Promise<string[]> {
  requirePermission(ctx, 'users:read');
  const keys = names.map((name) => (uuid.test(name) ? name : normaliseSignInName(name)));
  const { rows } = await sql<{ id: string; key: string }>`
    select id, sign_in_key as key from users
    where organization_id = ${ctx.organizationId} and withdrawn_at is null
      and (sign_in_key = any(${keys}) or id = any(${keys.filter((key) => uuid.test(key))}::uuid[]))`.execute(
    ctx.tx,
  );
  const found = new Map(rows.flatMap(({ id, key }) => [[id, id] as const, [key, id] as const]));
  const missing = names.filter((_, index) => !found.has(keys[index]!));
  if (missing.length === 0) return keys.map((key) => found.get(key)!);
  throw new AppError('not_found', {
    detail: `There is no agent with the sign-in name ${missing.map((name) => `“${name}”`).join(', ')}.`,
  });
}
