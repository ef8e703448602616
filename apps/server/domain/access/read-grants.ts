import type { Permission } from '@rollcall/contract/permissions';
import { type RawBuilder, sql } from 'kysely';
import type { Grants, Reach } from '../context.ts';

/**
 * What `user` may do at `now`, as one text: `permission` where it holds everywhere, `permission@group` otherwise.
 * A subquery, so that whoever authenticates reads the session and its rights in the same statement.
 */
export function grantsOf(user: RawBuilder<string>, now: Date): RawBuilder<string | null> {
  return sql<string | null>`(
    select string_agg(distinct p.permission || coalesce('@' || a.scope_id, ''), ',')
    from role_assignments a
    join role_permissions p on p.organization_id = a.organization_id and p.role_id = a.role_id
    where a.organization_id = current_organization() and a.user_id = ${user}
      and a.valid_from <= ${now} and (a.valid_until is null or a.valid_until > ${now}))`;
}

/** Reads the text that {@link grantsOf} selects. */
export function parseGrants(text: string | null): Grants {
  const grants = new Map<Permission, Reach>();
  for (const part of text?.split(',') ?? []) {
    const [permission, group] = part.split('@') as [Permission, string?];
    const known = grants.get(permission);
    if (!group) grants.set(permission, 'organization');
    else if (known !== 'organization') grants.set(permission, new Set(known).add(group));
  }
  return grants;
}
