import { type RawBuilder, sql } from 'kysely';

/** Where the latest invitation of a user stands; null without one. */
export function latestInvitationState(_userId: RawBuilder<string>): RawBuilder<string | null> {
  return sql<string | null>`null::text`;
}
