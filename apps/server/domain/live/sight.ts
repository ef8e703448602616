import type { AuditTargetKind } from '@rollcall/contract/audit-actions';
import type { Permission } from '@rollcall/contract/permissions';
import type { Grants } from '../context.ts';

/** Who may see that something of this kind has changed. What is one's own is always seen. */
const readers: Record<AuditTargetKind, Permission> = {
  organization: 'organization:read',
  user: 'users:read',
  session: 'sessions:end',
  api_key: 'sessions:end',
  group: 'groups:read',
  number: 'numbers:read',
  invitation: 'users:read',
  import: 'users:create',
  operation: 'users:update',
  webhook: 'webhooks:manage',
  mail: 'mail:manage',
  saved_view: 'users:read',
  off_boarding: 'audit:read',
};

/** What a stream shows: changes of these kinds, and those that one of these ids made or underwent. */
export interface Sight {
  kinds: ReadonlySet<string>;
  own: ReadonlySet<string>;
}

export interface ChangeRow {
  seq: number;
  action: string;
  target_kind: string;
  target_id: string | null;
  actor_id: string | null;
}

export function sightOf(grants: Grants, own: readonly string[]): Sight {
  const kinds = Object.entries(readers).filter(([, permission]) => grants.get(permission) === 'organization');
  return { kinds: new Set(kinds.map(([kind]) => kind)), own: new Set(own) };
}

export function sees(sight: Sight, row: ChangeRow): boolean {
  if (sight.kinds.has(row.target_kind)) return true;
  return [row.target_id, row.actor_id].some((id) => id !== null && sight.own.has(id));
}
