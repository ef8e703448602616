import { type RawBuilder, sql } from 'kysely';

/** An instant as the API writes it (ISO 8601 in UTC), made by the database: a long list needs no Date on the way. */
export function asInstant(moment: RawBuilder<unknown>): RawBuilder<string> {
  return sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
