import type { MailRow } from '@rollcall/contract/mails';
import type { Tone } from '../../ui/StatusBadge.tsx';

export type MailState = MailRow['state'];

// Written out here and not taken from the contract, whose schemas would come into the first page with them.
export const mailStates: MailState[] = [
  'queued',
  'deferred',
  'kept',
  'sent',
  'refused',
  'bounced',
  'cancelled',
];

export const mailTones: Record<MailState, Tone> = {
  queued: 'accent',
  deferred: 'warn',
  kept: 'idle',
  sent: 'good',
  refused: 'bad',
  bounced: 'bad',
  cancelled: 'idle',
};

/** Which mails are listed, as it stands in the address. */
export interface MailsView {
  state?: MailState[];
}

export function readMailView(search: Record<string, unknown>): MailsView {
  const given = Array.isArray(search.state) ? search.state : [search.state];
  const state = mailStates.filter((one) => given.includes(one));
  return state.length > 0 ? { state } : {};
}
