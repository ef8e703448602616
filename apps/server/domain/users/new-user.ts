import type { CreatedUser, RoleReference } from '@rollcall/contract/users';
import type { Outcome } from '../outcome.ts';

/**
 * A user to be added, whoever asks for it: the API, a file, an identity provider. The values are as the contract's
 * schemas leave them (trimmed, normalised, well-formed); references are checked when the user is added.
 */
export interface NewUser {
  firstName: string;
  lastName: string;
  role: RoleReference;
  email?: string | null;
  /** The e-mail address unless set otherwise. */
  signInName?: string;
  groupIds?: readonly string[];
  /** `auto` (the default) gives the lowest free one, null none. */
  extension?: string | null;
  phoneNumbers?: readonly string[];
  numberIds?: readonly string[];
  defaultNumberId?: string | null;
  department?: string | null;
  title?: string | null;
  managerId?: string | null;
  site?: string | null;
  costCenter?: string | null;
  customFields?: Readonly<Record<string, string>>;
  locale?: string | null;
  timeZone?: string | null;
  externalId?: string | null;
  /** A day (`YYYY-MM-DD`) of the organization's time zone; in the future it makes a scheduled user. */
  startDate?: string | null;
  lastDay?: string | null;
  /** Whether an invitation goes out (default true). A scheduled user is invited on the start date. */
  invite?: boolean;
}

/** One a given input, in its order. */
export type CreateOutcome = Outcome<{ user: CreatedUser }>;
