-- The one-time links that open an installation without an organization. They carry the id that the first organization
-- will have. Nobody but the owner reads them.
create table set_up_links (
  secret_hash bytea primary key,
  organization_id uuid not null,
  created_at timestamptz not null
);

create function is_set_up() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  as $$ select exists (select 1 from organizations) $$;
revoke all on function is_set_up() from public;
grant execute on function is_set_up() to rollcall_app;
