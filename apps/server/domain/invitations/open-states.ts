import { type RawBuilder, sql } from 'kysely';

/** The states in which an invitation can still be accepted, until it expires. */
export const isOpen: RawBuilder<boolean> = sql`state in ('queued', 'sent', 'refused', 'bounced', 'visited')`;
