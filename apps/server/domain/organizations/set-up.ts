import { normaliseSignInName } from '@rollcall/contract/person-fields';
import { sql } from 'kysely';
import type { Tx } from '../../db/open-database.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { insertRoleAssignments } from '../access/assign-roles.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { createOrganization, type NewOrganization } from './create-organization.ts';

/** Whoever administers a new organization; the password is checked and hashed before the transaction. */
export interface FirstAdministrator {
  firstName: string;
  lastName: string;
  email: string;
  passwordHash: string;
}

/**
 * Makes an organization together with an administrator who can sign in at once; in the owner's transaction, as
 * {@link createOrganization}.
 * @returns the administrator's id
 */
export async function createOrganizationWithAdministrator(
  ctx: Context,
  organization: NewOrganization,
  administrator: FirstAdministrator,
): Promise<string> {
  const roles = await createOrganization(ctx, organization);
  const userId = newId();
  const { firstName, lastName, email, passwordHash } = administrator;
  const key = normaliseSignInName(email);
  await sql`
    insert into users (organization_id, id, sign_in_name, sign_in_key, email, email_key, first_name, last_name, status,
      created_at, updated_at, accepted_at)
    values (${ctx.organizationId}, ${userId}, ${email}, ${key}, ${email}, ${key}, ${firstName}, ${lastName}, 'active',
      ${ctx.now}, ${ctx.now}, ${ctx.now})`.execute(ctx.tx);
  await sql`
    insert into user_credentials (organization_id, user_id, password_hash, changed_at)
    values (${ctx.organizationId}, ${userId}, ${passwordHash}, ${ctx.now})`.execute(ctx.tx);
  await insertRoleAssignments(ctx, [{ userId, roleId: roles.administrator }]);
  const target = { kind: 'user', id: userId, name: `${firstName} ${lastName}`.trim() } as const;
  await appendAuditEvents(ctx, [
    { action: 'user.created', target, after: { firstName, lastName, email, signInName: email } },
    { action: 'role.assigned', target, after: { role: 'administrator' } },
  ]);
  return userId;
}

/** Whether there is an organization; in any transaction. */
export async function isSetUp(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ is_set_up: boolean }>`select is_set_up()`.execute(tx);
  return rows[0]!.is_set_up;
}

/**
 * Lets one set-up at a time through, and only while there is no organization; in the owner's transaction.
 * @throws AppError `already_set_up`
 */
export async function requireNotSetUp(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('rollcall.set-up'))`.execute(tx);
  if (!(await isSetUp(tx))) return;
  throw new AppError('already_set_up', {
    detail: 'There is an organization already. Sign in, or ask its administrator for an invitation.',
  });
}

/** Keeps the hash of a new link; earlier ones stay good for a week, since each node prints one when it starts. */
export async function keepSetUpLink(tx: Tx, organizationId: string, hash: Buffer, now: Date): Promise<void> {
  await sql`delete from set_up_links where created_at < ${now}::timestamptz - interval '7 days'`.execute(tx);
  await sql`
    insert into set_up_links (secret_hash, organization_id, created_at)
    values (${hash}, ${organizationId}, ${now})`.execute(tx);
}

/** Uses up every link that there is, if `hash` is of a good one. @throws AppError `link_not_valid` */
export async function consumeSetUpLink(tx: Tx, hash: Buffer, now: Date): Promise<void> {
  const { rows } = await sql`
    select 1 from set_up_links
    where secret_hash = ${hash} and created_at >= ${now}::timestamptz - interval '7 days'`.execute(tx);
  if (rows.length === 0) throw setUpLinkNotValid();
  await sql`delete from set_up_links`.execute(tx);
}

export function setUpLinkNotValid(): AppError {
  return new AppError('link_not_valid', {
    detail: 'This set-up link is not valid. Restart Rollcall and open the link that it prints.',
  });
}
