import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { issueSecret } from '../../platform/secrets.ts';
import type { Context } from '../context.ts';

export type LinkPurpose = 'password_reset' | 'email_change';

/** Makes a single-use link for a user and voids the open ones of the same purpose. */
export async function issueUserLink(
  ctx: Context,
  link: { userId: string; purpose: LinkPurpose; path: string; minutes: number; newEmail?: string },
): Promise<{ url: string; expiresAt: Date }> {
  const { userId, purpose, path, minutes, newEmail = null } = link;
  await voidUserLinks(ctx, userId, purpose);
  const { secret, hash } = issueSecret('rcl', ctx.organizationId);
  const expiresAt = new Date(ctx.now.getTime() + minutes * 60_000);
  await sql`
    insert into user_links (organization_id, id, user_id, purpose, secret_hash, new_email, created_at, expires_at)
    values (${ctx.organizationId}, ${newId()}, ${userId}, ${purpose}, ${hash}, ${newEmail}, ${ctx.now}, ${expiresAt})`.execute(
    ctx.tx,
  );
  // In the fragment, which no browser sends anywhere: not to a server's log, not as a referrer.
  return { url: `${ctx.installation.publicUrl}${path}#token=${secret}`, expiresAt };
}

export async function voidUserLinks(ctx: Context, userId: string, purpose: LinkPurpose): Promise<void> {
  await sql`
    update user_links set used_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and user_id = ${userId} and purpose = ${purpose}
      and used_at is null`.execute(ctx.tx);
}

/** Whose open link this is, without using it. @throws AppError `link_not_valid` */
export async function findUserLink(ctx: Context, hash: Buffer, purpose: LinkPurpose): Promise<string> {
  const { rows } = await sql<{ user_id: string }>`
    select l.user_id from user_links l
    join users u on u.organization_id = l.organization_id and u.id = l.user_id and u.status = 'active'
    where l.organization_id = ${ctx.organizationId} and l.secret_hash = ${hash} and l.purpose = ${purpose}
      and l.used_at is null and l.expires_at > ${ctx.now}`.execute(ctx.tx);
  if (!rows[0]) throw linkNotValid();
  return rows[0].user_id;
}

/** Uses the link; of any number at once one succeeds. @throws AppError `link_not_valid` */
export async function consumeUserLink(
  ctx: Context,
  hash: Buffer,
  purpose: LinkPurpose,
): Promise<{ userId: string; newEmail: string | null }> {
  const { rows } = await sql<{ userId: string; newEmail: string | null }>`
    update user_links l set used_at = ${ctx.now}
    where l.organization_id = ${ctx.organizationId} and l.secret_hash = ${hash} and l.purpose = ${purpose}
      and l.used_at is null and l.expires_at > ${ctx.now}
      and exists (select 1 from users u where u.organization_id = l.organization_id and u.id = l.user_id and u.status = 'active')
    returning l.user_id as "userId", l.new_email as "newEmail"`.execute(ctx.tx);
  if (!rows[0]) throw linkNotValid();
  return rows[0];
}

export function linkNotValid(): AppError {
  return new AppError('link_not_valid', {
    detail: 'This link has been used, has expired or was replaced by a newer one. Ask for a new one.',
  });
}
