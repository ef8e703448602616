import type { Permission } from '@rollcall/contract/permissions';
import type { Tx } from '../db/open-database.ts';
import type { EnqueueOptions } from '../db/open-jobs.ts';
import type { Queue } from '../db/queues.ts';
import type { Encryption } from '../platform/encryption.ts';

/** Where a permission holds: everywhere in the organization, or in these groups. */
export type Reach = 'organization' | ReadonlySet<string>;
export type Grants = ReadonlyMap<Permission, Reach>;

/** Who acts. Whoever it is, the same domain functions ask the same questions of it. */
export type Actor =
  | { kind: 'user'; userId: string; sessionId: string; name: string; grants: Grants; ip: string | null }
  | { kind: 'api_key'; userId: string; keyId: string; name: string; grants: Grants; ip: string | null }
  /** An import or another operation that goes on after its request, with the rights of who asked for it. */
  | {
      kind: 'import';
      userId: string | null;
      operationId: string;
      name: string;
      grants: Grants | 'all';
      ip: null;
    }
  /** Rollcall itself or its operator: the command line, a start date that has come. */
  | { kind: 'system'; name: string; ip: null }
  /** Nobody yet: a sign-in, an invitation being accepted. */
  | { kind: 'anonymous'; ip: string | null };

/** What of the installation a domain function may need; plain data and pure functions. */
export interface Installation {
  publicUrl: string;
  encryption: Encryption;
  /** Addresses and CIDR ranges of private networks that webhooks and syslog streams may reach; none otherwise. */
  privateNetworks?: readonly string[];
}

/**
 * What every domain function receives: one open transaction with its organization set, who acts, and the time.
 * Effects beyond the database are rows too (`enqueue`), so that a rollback leaves nothing behind.
 */
export interface Context {
  tx: Tx;
  organizationId: string;
  actor: Actor;
  now: Date;
  requestId: string;
  /** The reason or ticket that the actor gave for this change. */
  reason?: string;
  installation: Installation;
  enqueue(queue: Queue, jobs: readonly object[], options?: EnqueueOptions): Promise<void>;
}

/** The same transaction with another actor: an import runs with its own name in the audit. */
export function actingAs(ctx: Context, actor: Actor): Context {
  return { ...ctx, actor };
}

/** The user behind the actor, if a person stands behind it. */
export function actingUserId(actor: Actor): string | null {
  return 'userId' in actor ? actor.userId : null;
}
