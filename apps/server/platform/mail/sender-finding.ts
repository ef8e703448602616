/** What one check of the sender's domain came to. */
export interface SenderFinding {
  check:
    | 'spf'
    | 'spf-lookups'
    | 'spf-sender'
    | 'dkim'
    | 'dmarc'
    | 'dmarc-alignment'
    | 'dmarc-reports'
    | 'bounces';
  /** `missing`: there is no such record. `unknown`: it could not be asked, or only a receiver can tell. */
  state: 'ok' | 'missing' | 'wrong' | 'unknown';
  /** For an administrator who has never read an RFC. */
  explanation: string;
  /** What to enter at the domain's DNS provider. */
  recordToAdd?: { type: 'TXT'; name: string; value: string };
}
