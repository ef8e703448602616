import type { RoleReference } from '@rollcall/contract/users';
import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** What inputs about users refer to, by the words with which they do. */
export interface References {
  roles?: Iterable<RoleReference>;
  groupIds?: Iterable<string>;
  userIds?: Iterable<string>;
  numberIds?: Iterable<string>;
  emailKeys?: Iterable<string>;
}

export interface FoundRole {
  id: string;
  key: 'administrator' | 'agent' | null;
  name: string;
}
export interface FoundNumber {
  id: string;
  e164: string;
  userId: string | null;
  groupId: string | null;
}

/** What of them exists in this organization; what is of another one is not there. */
export interface FoundReferences {
  /** Today's date in the organization's time zone. */
  today: string;
  extensionFrom: number;
  extensionTo: number;
  role(reference: RoleReference): FoundRole | undefined;
  groups: ReadonlyMap<string, string>;
  users: ReadonlyMap<string, string>;
  numbers: ReadonlyMap<string, FoundNumber>;
  /** Who has an e-mail address already, by its key: how many, and the first of them by name. */
  emailHolders: ReadonlyMap<string, { count: number; name: string }>;
}

type Pairs<T> = { id: string; value: T }[] | null;

/** Looks up all references of a set of inputs at once. Groups stay until the transaction ends: nobody removes one now. */
export async function resolveReferences(ctx: Context, references: References): Promise<FoundReferences> {
  const org = ctx.organizationId;
  const list = (values?: Iterable<string>) => [...new Set(values)];
  const { rows } = await sql<{
    today: string;
    extension_from: number;
    extension_to: number;
    roles: FoundRole[] | null;
    groups: Pairs<string>;
    users: Pairs<string>;
    numbers: FoundNumber[] | null;
    holders: { key: string; count: number; name: string }[] | null;
  }>`
    select to_char(${ctx.now}::timestamptz at time zone o.time_zone, 'YYYY-MM-DD') as today, o.extension_from, o.extension_to,
      (select json_agg(json_build_object('id', r.id, 'key', r.key, 'name', r.name)) from roles r
        where r.organization_id = ${org} and (r.key = any(${list(references.roles)}::text[]) or r.id::text = any(${list(references.roles)}::text[]))) as roles,
      (select json_agg(json_build_object('id', g.id, 'value', g.name)) from (
        select id, name from groups where organization_id = ${org} and id = any(${list(references.groupIds)}::uuid[])
        order by id for key share) g) as groups,
      (select json_agg(json_build_object('id', u.id, 'value', btrim(u.first_name || ' ' || u.last_name))) from users u
        where u.organization_id = ${org} and u.withdrawn_at is null and u.id = any(${list(references.userIds)}::uuid[])) as users,
      (select json_agg(json_build_object('id', n.id, 'e164', n.e164, 'userId', n.user_id, 'groupId', n.group_id)) from numbers n
        where n.organization_id = ${org} and n.id = any(${list(references.numberIds)}::uuid[])) as numbers,
      (select json_agg(h) from (
        select u.email_key as key, count(*), min(btrim(u.first_name || ' ' || u.last_name)) as name from users u
        where u.organization_id = ${org} and u.withdrawn_at is null and u.email_key = any(${list(references.emailKeys)}::text[])
        group by u.email_key) h) as holders
    from organizations o where o.id = ${org}`.execute(ctx.tx);
  const found = rows[0]!;
  const roles = found.roles ?? [];
  return {
    today: found.today,
    extensionFrom: found.extension_from,
    extensionTo: found.extension_to,
    role: (reference) => roles.find((role) => role.key === reference || role.id === reference),
    groups: new Map(found.groups?.map(({ id, value }) => [id, value])),
    users: new Map(found.users?.map(({ id, value }) => [id, value])),
    numbers: new Map(found.numbers?.map((number) => [number.id, number])),
    emailHolders: new Map(found.holders?.map((holder) => [holder.key, holder])),
  };
}
