import type { HomeSummary } from '@rollcall/contract/home';
import { sql } from 'kysely';
import { may } from '../access/require-permission.ts';
import type { Context } from '../context.ts';

type Warnings = HomeSummary['warnings'];

interface Facts {
  administrators: number;
  overdue: string[];
  noFreeExtension: boolean;
}

/** What somebody with the right to mend it should know, before it hurts. */
export async function readHomeWarnings(
  ctx: Context,
  { sendsMail }: { sendsMail: boolean },
): Promise<Warnings> {
  const warnings: Warnings = [];
  if (may(ctx.actor, 'mail:manage') && !sendsMail) {
    warnings.push({
      code: 'no_mail_server',
      message: 'No mail server is configured, so no invitation goes out.',
      remedy: 'Set SMTP_URL and MAIL_FROM, or hand over links from Settings → E-mail.',
    });
  }
  if (!may(ctx.actor, 'users:read')) return warnings;
  const { administrators, overdue, noFreeExtension } = await readFacts(ctx);
  if (administrators === 1) {
    warnings.push({
      code: 'only_one_administrator',
      message: 'There is only one administrator who can sign in.',
      remedy: 'Make another active agent an administrator, so that nobody is locked out.',
    });
  }
  if (overdue.length > 0) {
    warnings.push({
      code: 'last_day_over',
      message: `The last day is over, but the access could not be ended: ${overdue.join(', ')}.`,
      remedy: 'Make another active agent an administrator; then it ends by itself.',
    });
  }
  if (noFreeExtension) {
    warnings.push({
      code: 'no_free_extension',
      message: 'All extensions of the range are taken: new agents get none.',
      remedy: 'Widen the range in Settings → Organization.',
    });
  }
  return warnings;
}

async function readFacts(ctx: Context): Promise<Facts> {
  const org = ctx.organizationId;
  const { rows } = await sql<Facts>`
    select
      (select count(distinct u.id) from role_assignments a
        join roles r on r.organization_id = a.organization_id and r.id = a.role_id and r.key = 'administrator'
        join users u on u.organization_id = a.organization_id and u.id = a.user_id
        join user_credentials c on c.organization_id = u.organization_id and c.user_id = u.id
        where a.organization_id = ${org} and a.scope_kind = 'organization' and a.valid_until is null
          and u.status = 'active' and u.withdrawn_at is null) as administrators,
      array(select btrim(u.first_name || ' ' || u.last_name) from users u
        where u.organization_id = ${org} and u.withdrawn_at is null and u.status <> 'inactive'
          and u.last_day < (${ctx.now}::timestamptz at time zone o.time_zone)::date - 1
        order by u.last_day limit 5) as overdue,
      exists (select from extension_ranges x where x.organization_id = ${org} and x.next_extension > x.last_extension)
        and not exists (select from free_extensions f where f.organization_id = ${org}) as "noFreeExtension"
    from organizations o where o.id = ${org}`.execute(ctx.tx);
  return rows[0]!;
}
