import { sql } from 'kysely';
import { chooseMailLanguage, type MailLanguage } from '../../platform/mail/mail-content.ts';
import type { Context } from '../context.ts';
import type { PasswordOwner } from './check-password.ts';

/** A user as the one who signs in: what a check of their password and a mail to them need. */
export interface Account extends PasswordOwner {
  userId: string;
  name: string;
  signInKey: string;
  emailKey: string | null;
  status: 'scheduled' | 'invited' | 'active' | 'inactive';
  passwordHash: string | null;
  timeZone: string;
  language: MailLanguage;
}

export async function readAccount(ctx: Context, userId: string): Promise<Account | null> {
  const { rows } = await sql<Omit<Account, 'language'> & { locale: string }>`
    select u.id as "userId", btrim(u.first_name || ' ' || u.last_name) as name, u.first_name as "firstName",
      u.last_name as "lastName", u.sign_in_name as "signInName", u.sign_in_key as "signInKey", u.email,
      u.email_key as "emailKey", u.status, c.password_hash as "passwordHash", o.name as "organizationName",
      coalesce(u.time_zone, o.time_zone) as "timeZone", coalesce(u.locale, o.language) as locale
    from users u
    join organizations o on o.id = u.organization_id
    left join user_credentials c on c.organization_id = u.organization_id and c.user_id = u.id
    where u.organization_id = ${ctx.organizationId} and u.id = ${userId} and u.withdrawn_at is null`.execute(
    ctx.tx,
  );
  const row = rows[0];
  if (!row) return null;
  const { locale, ...account } = row;
  return { ...account, language: chooseMailLanguage(locale) };
}

/** The account as the target of an audit event. */
export function targetOf(account: Pick<Account, 'userId' | 'name'>) {
  return { kind: 'user', id: account.userId, name: account.name } as const;
}
