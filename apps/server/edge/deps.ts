import type { Database } from '../db/open-database.ts';
import type { Jobs } from '../db/open-jobs.ts';
import type { Installation } from '../domain/context.ts';
import type { DnsResolver } from '../platform/mail/dns-lookup.ts';
import type { Mail } from '../platform/mail/open-mail.ts';
import type { LimitRequests } from './limit-requests.ts';

/** What the application is made of; `main.ts` and every test compose it, and nothing else does. */
export interface Deps {
  db: Database;
  jobs: Jobs;
  clock: () => Date;
  installation: Installation;
  limitRequests: LimitRequests;
  /** Null where no mail server is configured: mails are kept and shown then. */
  mail: Mail | null;
  resolver: DnsResolver;
}
