const seconds = 1_000;
const hours = 3_600_000;

/** After so long a mail that no server took is given up: an invitation is no news any more by then. */
export const givenUpAfterMs = 48 * hours;

/** When to try again after so many attempts: 5 seconds, doubling up to 10 minutes. */
export function nextAttemptAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(5 * seconds * 2 ** Math.min(attempts - 1, 10), 600 * seconds));
}

/** Why the mail server is not to be bothered at this moment, and until when. */
export interface Outage {
  words: string;
  until: Date;
}

/**
 * Remembers, for one node, that the mail server is out of order, so that thousands of mails that wait do not each
 * find it out for themselves.
 */
export interface OutageWatch {
  present(now: Date): Outage | null;
  failed(words: string, now: Date): Outage;
  worked(): void;
}

export function watchForOutages(): OutageWatch {
  let failures = 0;
  let outage: Outage | null = null;
  return {
    present: (now) => (outage && outage.until > now ? outage : null),
    failed(words, now) {
      failures += 1;
      outage = { words, until: nextAttemptAt(Math.min(failures, 6), now) };
      return outage;
    },
    worked() {
      failures = 0;
      outage = null;
    },
  };
}
