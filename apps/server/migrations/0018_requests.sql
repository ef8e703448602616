-- Answers of creating requests, kept for a day: the same Idempotency-Key gets the same answer, never a second effect.
create table idempotency_keys (
  organization_id uuid not null references organizations (id),
  credential_id uuid not null,
  key text collate "C" not null check (char_length(key) between 1 and 200),
  request_hash bytea not null,
  status integer,
  location text,
  body json,
  created_at timestamptz not null default rollcall_now(),
  primary key (organization_id, credential_id, key)
);
comment on column idempotency_keys.credential_id is 'The session or API key that sent it.';
create index idempotency_keys_by_age on idempotency_keys (organization_id, created_at);
call close_to_tenant('idempotency_keys', 'select, insert, update, delete');

-- Requests of one credential in one minute, over all nodes. Nothing is lost with it, so it need not survive a crash.
create unlogged table request_windows (
  credential text collate "C" primary key,
  window_start timestamptz not null,
  count integer not null
);
create index request_windows_by_age on request_windows (window_start);

-- Takes `amount` requests out of the minute's allowance; answers how many have been taken by all nodes.
create function lease_requests(name text, minute timestamptz, amount integer) returns integer
  language sql security definer set search_path = public, pg_temp as $$
  insert into request_windows as w (credential, window_start, count) values (name, minute, amount)
  on conflict (credential) do update set
    window_start = minute, count = case when w.window_start = minute then w.count + amount else amount end
  returning count
$$;
revoke all on function lease_requests(text, timestamptz, integer) from public;
grant execute on function lease_requests(text, timestamptz, integer) to rollcall_app;
