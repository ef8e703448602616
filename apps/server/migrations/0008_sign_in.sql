-- Attempts at signing in are counted over several windows at once; see attempt_counters.
create index attempt_counters_by_age on attempt_counters (window_start);

-- Counts one attempt in each counter and tells what it stands at. Ascending order of keys: two requests that count
-- the same account and address wait for each other and never in a circle.
create function count_attempts(counters text[], windows integer[], at timestamptz)
  returns table (counter text, attempts integer, started timestamptz)
  language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  -- Names that nobody has are counted too; the rows of yesterday go away by the way.
  if random() < 0.01 then
    delete from attempt_counters where key in (
      select key from attempt_counters where window_start < at - interval '2 days' limit 1000 for update skip locked);
  end if;
  return query
    with counted as (
      select counter, attempts, started from (
        select g.key, g.seconds from unnest(counters, windows) as g(key, seconds) order by g.key collate "C"
      ) as given
      cross join lateral count_one_attempt(given.key, at, given.seconds) as one(counter, attempts, started)
    ) select * from counted;
end $$;

create function count_one_attempt(counter text, at timestamptz, window_seconds integer,
    out key text, out attempts integer, out started timestamptz)
  language sql volatile as $$
  insert into attempt_counters as c (key, window_start, count) values (counter, at, 1)
  on conflict (key) do update set
    window_start = case when c.window_start <= at - make_interval(secs => window_seconds) then at else c.window_start end,
    count = case when c.window_start <= at - make_interval(secs => window_seconds) then 1 else c.count + 1 end
  returning c.key, c.count, c.window_start
$$;

-- After a success: the account's counters start anew, and what this attempt took from the shared ones is given back.
create function settle_attempts(cleared text[], given_back text[]) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare one text;
begin
  for one in select key from unnest(cleared || given_back) as g(key) order by key collate "C" loop
    if one = any (cleared) then delete from attempt_counters where key = one;
    else update attempt_counters set count = greatest(count - 1, 0) where key = one;
    end if;
  end loop;
end $$;
revoke all on function count_attempts(text[], integer[], timestamptz), settle_attempts(text[], text[]),
  count_one_attempt(text, timestamptz, integer) from public;
grant execute on function count_attempts(text[], integer[], timestamptz), settle_attempts(text[], text[]) to rollcall_app;
