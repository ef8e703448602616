import { type RawBuilder, sql } from 'kysely';

/** Where the current invitation of the user `u` of a query stands; null without one. */
export const currentInvitationState: RawBuilder<string | null> = sql`(
  select i.state from invitations i
  where i.organization_id = u.organization_id and i.user_id = u.id and i.superseded_at is null)`;
