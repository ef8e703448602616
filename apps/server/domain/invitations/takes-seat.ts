import { type RawBuilder, sql } from 'kysely';

/**
 * Whether the user `u` of a query takes a seat: active, or invited unless that invitation has expired or been revoked.
 * Who was added without an invitation takes one at once. A scheduled user takes none before the start date.
 */
export function takesSeat(now: Date): RawBuilder<boolean> {
  return sql<boolean>`u.withdrawn_at is null and (u.status = 'active' or u.status = 'invited' and not exists (
    select from invitations i
    where i.organization_id = u.organization_id and i.user_id = u.id and i.superseded_at is null
      and (i.state in ('expired', 'revoked') or i.state <> 'accepted' and i.expires_at <= ${now})))`;
}
