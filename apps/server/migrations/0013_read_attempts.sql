-- What counters of attempts stand at, without counting one more: “Why can't this person sign in?” tells it.
create function read_attempts(counters text[]) returns table (counter text, attempts integer, started timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select key, count, window_start from attempt_counters where key = any (counters)
$$;
revoke all on function read_attempts(text[]) from public;
grant execute on function read_attempts(text[]) to rollcall_app;
