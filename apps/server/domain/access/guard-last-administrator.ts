import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';

/**
 * Call before a change that may take an administrator away (role or status) from any of these users. Locks the
 * organization's guard row if one of them is an administrator, so that two such changes follow each other.
 * @returns whether the guard is held; then {@link requireAdministratorRemains} must be called after the change
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
 * An administrator who can act: active, accepted, with a way to sign in, and an assignment of the whole
 * organization that does not end. One that ends by itself would leave nobody on that day.
 */
export async function countActiveAdministrators(ctx: Context): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct u.id) as count
    from role_assignments a
    join roles r on r.organization_id = a.organization_id and r.id = a.role_id and r.key = 'administrator'
    join users u on u.organization_id = a.organization_id and u.id = a.user_id
    join user_credentials c on c.organization_id = u.organization_id and c.user_id = u.id
    where a.organization_id = ${ctx.organizationId} and a.scope_kind = 'organization' and a.valid_from <= ${ctx.now}
      and a.valid_until is null and u.status = 'active' and u.withdrawn_at is null`.execute(ctx.tx);
  return rows[0]!.count;
}

/** @throws AppError `last_administrator` if nobody would be left who can administer the organization. */
export async function requireAdministratorRemains(ctx: Context): Promise<void> {
  if ((await countActiveAdministrators(ctx)) > 0) return;
  throw new AppError('last_administrator', {
    detail:
      'This would leave the organization without an active administrator. Make another active user an administrator first.',
  });
}
