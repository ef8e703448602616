import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';

/**
 * Call before a change that may take an administrator away (role or status) from any of these users. Locks the
 * organization's guard row if one of them is an administrator, so that two such changes follow each other.
 * @returns whether the guard is held; then {@link findLastAdministrators} tells whom the change may not touch
 */
export async function holdAdministratorGuard(ctx: Context, userIds: readonly string[]): Promise<boolean> {
  const touched = await sql`
    select 1 from role_assignments a join roles r on r.organization_id = a.organization_id and r.id = a.role_id
    where a.organization_id = ${ctx.organizationId} and r.key = 'administrator'
      and a.user_id = any(${[...userIds]}::uuid[]) limit 1`.execute(ctx.tx);
  if (touched.rows.length === 0) return false;
  await sql`select 1 from organization_guards where organization_id = ${ctx.organizationId} for update`.execute(
    ctx.tx,
  );
  return true;
}

/**
 * Administrators who can act: active, accepted, with a way to sign in, and an assignment of the whole
 * organization that does not end. One that ends by itself would leave nobody on that day. Their rows are locked for
 * sharing: whoever is being deactivated at this moment, and was no administrator when that began, is not counted.
 * @returns their ids, in id order
 */
export async function listActiveAdministrators(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from users u
    where u.organization_id = ${ctx.organizationId} and u.status = 'active' and u.withdrawn_at is null
      and u.id in (
        select a.user_id from role_assignments a
        join roles r on r.organization_id = a.organization_id and r.id = a.role_id and r.key = 'administrator'
        join user_credentials c on c.organization_id = a.organization_id and c.user_id = a.user_id
        where a.organization_id = ${ctx.organizationId} and a.scope_kind = 'organization'
          and a.valid_from <= ${ctx.now} and a.valid_until is null)
    order by u.id for share of u`.execute(ctx.tx);
  return rows.map((row) => row.id);
}

/**
 * For a set: which of these users would take the last administrator with them. Call with the guard held. In id order
 * they go until one administrator is left, so that the answer does not depend on the order of the rows.
 */
export async function findLastAdministrators(ctx: Context, userIds: readonly string[]): Promise<Set<string>> {
  const administrators = await listActiveAdministrators(ctx);
  const leaving = new Set(userIds);
  const remaining = administrators.filter((id) => !leaving.has(id));
  return new Set(remaining.length > 0 ? [] : administrators.slice(-1));
}

export function lastAdministrator(): AppError {
  return new AppError('last_administrator', {
    detail:
      'This would leave the organization without an active administrator. Make another active user an administrator first.',
  });
}
