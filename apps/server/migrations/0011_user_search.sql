-- Search as one types. What is typed, as patterns that all must fit: word by word, in any order. One or two letters
-- find the beginnings of words (which trigrams can index), three and more find any part.
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
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute format(
    'select id from users where organization_id = %L and withdrawn_at is null and %s',
    current_organization(), (select coalesce(string_agg(format('search_text like %L', p), ' and '), 'true') from unnest(patterns) p));
end $$;
revoke all on function search_users(text[]) from public;
grant execute on function search_users(text[]) to rollcall_app;
