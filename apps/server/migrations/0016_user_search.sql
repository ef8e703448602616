-- Search as one types. The text begins with a space, so that every word in it begins behind one: one or two letters
-- find the beginnings of words (which trigrams can index), three and more find any part.
-- Most text is ASCII and has nothing to decompose: a tenth of the time, for each of the columns that are folded.
create or replace function fold(value text) returns text
  language sql immutable parallel safe strict
  return case when octet_length(value) = char_length(value) then lower(value)
    else lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g')) end;

drop index users_search;
alter table users drop column search_text;
alter table users add column search_text text collate "C" not null generated always as (fold(
  ' ' || first_name || ' ' || last_name || ' ' || sign_in_name || ' ' || coalesce(email, '') || ' ' ||
  coalesce(extension, '') || ' ' || coalesce(department, '') || ' ' || coalesce(title, ''))) stored;
-- A short pending list: every search reads it from end to end.
create index users_search on users using gin (organization_id, search_text gin_trgm_ops)
  with (gin_pending_list_limit = 256);

-- What is typed, as patterns that all must fit: word by word, in any order.
create function search_patterns(search text) returns text[]
  language sql immutable parallel safe set search_path = public as $$
  select array(
    select case when char_length(word) < 3 then '% ' else '%' end || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'
      from regexp_split_to_table(fold(search), '\s+') with ordinality as w(word, position)
     where word <> '' order by position limit 8)
$$;

-- Users of this organization that fit all patterns. The condition is not leakproof, and so would lose
-- its index under row-level security: this owner's function filters by organization itself. The patterns stand in the
-- statement itself, which is planned each time: the right plan for `% a%` is not the one for `%quist%`.
create function search_users(patterns text[]) returns setof uuid
  language plpgsql stable security definer set search_path = public as $$
begin
  return query execute format(
    'select id from users where organization_id = %L and withdrawn_at is null and %s',
    current_organization(), (select coalesce(string_agg(format('search_text like %L', p), ' and '), 'true') from unnest(patterns) p));
end $$;
revoke all on function search_users(text[]) from public;
grant execute on function search_users(text[]) to rollcall_app;

create index sessions_by_user on sessions (organization_id, user_id, last_seen_at desc);
-- Who is on the phones now, among however many.
create index users_available on users (organization_id, availability) where availability <> 'offline';
