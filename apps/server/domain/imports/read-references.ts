import { normaliseSignInName } from '@rollcall/contract/person-fields';
import { sql } from 'kysely';
import type { Context } from '../context.ts';

export interface Named {
  id: string;
  name: string;
}

/** What the words of a file refer to; what is of another organization is not there. */
export interface ReferencesByName {
  roles: ReadonlyMap<string, Named>;
  groups: ReadonlyMap<string, Named>;
  numbers: ReadonlyMap<string, Named>;
  /** `count` people go by this word; `position`: a row of the same file does. */
  managers: ReadonlyMap<string, { id: string | null; name: string; count: number; position: number | null }>;
}

export interface Words {
  roles: Iterable<string>;
  groups: Iterable<string>;
  numbers: Iterable<string>;
  managers: Iterable<string>;
}

type Found = { word: string; id: string; name: string };

/** Looks up roles and groups by name (case and accents do not count), managers by sign-in name, e-mail or external id. */
export async function readReferences(
  ctx: Context,
  importId: string,
  words: Words,
): Promise<ReferencesByName> {
  const org = ctx.organizationId;
  const list = (of: Iterable<string>) => [...new Set(of)];
  const roles = await sql<Found>`
    select w.word, r.id, r.name from unnest(${list(words.roles)}::text[]) as w(word)
    join roles r on r.organization_id = ${org} and (r.key = lower(w.word) or fold(r.name) = fold(w.word) or r.id::text = w.word)`.execute(
    ctx.tx,
  );
  const groups = await sql<Found>`
    select w.word, g.id, g.name from unnest(${list(words.groups)}::text[]) as w(word)
    join groups g on g.organization_id = ${org} and g.name_key = fold(w.word)`.execute(ctx.tx);
  const numbers = await sql<Found>`
    select n.e164 as word, n.id, n.e164 as name from numbers n
    where n.organization_id = ${org} and n.e164 = any(${list(words.numbers)}::text[])`.execute(ctx.tx);
  const mapOf = (rows: readonly Found[]) => new Map(rows.map(({ word, id, name }) => [word, { id, name }]));
  return {
    roles: mapOf(roles.rows),
    groups: mapOf(groups.rows),
    numbers: mapOf(numbers.rows),
    managers: await readManagers(ctx, importId, list(words.managers)),
  };
}

async function readManagers(ctx: Context, importId: string, words: readonly string[]) {
  if (words.length === 0) return new Map();
  const org = ctx.organizationId;
  const asked = words.map((word) => ({ word, key: normaliseSignInName(word) }));
  const { rows } = await sql<{
    word: string;
    id: string | null;
    name: string;
    count: number;
    position: number | null;
  }>`
    with asked as materialized (
      select word, key from json_to_recordset(${JSON.stringify(asked)}::json) as a(word text, key text)
    ), found as (
      select a.word, u.id, u.first_name, u.last_name, 1 as rank from asked a
      join users u on u.organization_id = ${org} and u.sign_in_key = a.key and u.withdrawn_at is null
      union all
      select a.word, u.id, u.first_name, u.last_name, 2 from asked a
      join users u on u.organization_id = ${org} and u.external_id = a.word and u.withdrawn_at is null
      union all
      select a.word, u.id, u.first_name, u.last_name, 3 from asked a
      join users u on u.organization_id = ${org} and u.email_key = a.key and u.withdrawn_at is null
    ), best as (
      select distinct on (word) word, id, btrim(first_name || ' ' || last_name) as name,
        count(*) over (partition by word, rank) as count
      from found order by word, rank, id
    )
    select a.word, b.id, coalesce(b.name, p.name) as name, coalesce(b.count, 1) as count,
      case when b.id is null then p.position end as position
    from asked a
    left join best b on b.word = a.word
    left join lateral (
      select p.position, p.name from import_plans p
      where p.organization_id = ${org} and p.import_id = ${importId} and (p.sign_in_key = a.key)
      order by p.position limit 1) p on b.id is null
    where b.id is not null or p.position is not null`.execute(ctx.tx);
  return new Map(rows.map(({ word, ...found }) => [word, found]));
}
