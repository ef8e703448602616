import { sql } from 'kysely';
import type { Context } from '../context.ts';

/**
 * Looks, in a transaction that began after the deactivation's commit, whether anything of the access is left, and
 * notes on the record that there is nothing. It proves the end by observation and changes nothing else; every
 * deactivation leaves a job for it, and the first look is the one that counts.
 */
export async function verifyOffBoardings(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into off_boarding_verifications (organization_id, off_boarding_id, verified_at)
    select o.organization_id, o.id, greatest(${ctx.now}::timestamptz, o.access_ended_at)
    from off_boardings o
    join users u on u.organization_id = o.organization_id and u.id = o.user_id and u.status = 'inactive'
    where o.organization_id = ${ctx.organizationId} and o.id = any(${[...ids]}::uuid[])
      and not exists (select from sessions s where s.organization_id = o.organization_id and s.user_id = o.user_id and s.ended_at is null)
      and not exists (select from api_keys k where k.organization_id = o.organization_id and k.user_id = o.user_id and k.ended_at is null)
      and not exists (select from user_links l where l.organization_id = o.organization_id and l.user_id = o.user_id and l.used_at is null)
      and not exists (select from invitations i where i.organization_id = o.organization_id and i.user_id = o.user_id
        and i.superseded_at is null and i.state in ('queued', 'sent', 'refused', 'bounced', 'visited'))
    on conflict (organization_id, off_boarding_id) do nothing`.execute(ctx.tx);
}
