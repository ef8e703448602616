import type { Ended } from './end-everything.ts';
import type { Membership } from './read-group-routing.ts';
import type { Leaver } from './read-leavers.ts';

/** A group that lost somebody for routing. */
export interface AffectedGroup {
  id: string;
  name: string;
  availableBefore: number;
  availableAfter: number;
}

/** What a deactivation did, or would do. */
export interface Effects {
  leavers: Leaver[];
  reason: string | null;
  successor: { id: string; name: string } | null;
  ended: Ended;
  memberships: Membership[];
  groups: AffectedGroup[];
  /** Milliseconds from the beginning of the transaction until everything had ended. */
  elapsed: number;
}
