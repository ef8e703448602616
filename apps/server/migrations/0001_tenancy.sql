-- Organizations are the tenants. Every table of a tenant leads its keys with organization_id and is
-- closed by row-level security: the application's role sees one organization, the one named in the
-- transaction. Names that several files use (current_organization, rollcall_now, close_to_tenant) are here.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- The organization of this transaction; null (and so no row at all) when none is set.
create function current_organization() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('rollcall.organization_id', true), '')::uuid;

-- The time of this transaction as the application sees it, so that tests and demonstrations can set it.
create function rollcall_now() returns timestamptz
  language sql stable parallel safe
  return coalesce(nullif(current_setting('rollcall.now', true), '')::timestamptz, clock_timestamp());

-- Folds case and accents away: what people type and what stands there meet in the middle. Most text is ASCII and has
-- nothing to decompose: a tenth of the time, for each of the columns that are folded.
create function fold(value text) returns text
  language sql immutable parallel safe strict
  return case when octet_length(value) = char_length(value) then lower(value)
    else lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g')) end;

-- Switches row-level security on for a table of tenants and grants the application what it may do there.
create procedure close_to_tenant(target regclass, privileges text)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy tenant on %s using (organization_id = current_organization())', target);
  execute format('grant %s on %s to rollcall_app', privileges, target);
end $$;

create table organizations (
  id uuid primary key,
  name text not null check (name = btrim(name) and char_length(name) between 1 and 200),
  time_zone text not null default 'UTC',
  language text not null default 'en',
  default_country text check (default_country ~ '^[A-Z]{2}$'),
  session_idle_minutes integer not null default 720 check (session_idle_minutes between 5 and 43200),
  session_absolute_hours integer not null default 168 check (session_absolute_hours between 1 and 2160),
  reason_required boolean not null default false,
  extension_from integer not null default 1000,
  extension_to integer not null default 9999,
  created_at timestamptz not null default rollcall_now(),
  version bigint not null default 1,
  constraint organizations_extension_range check (extension_from between 100 and extension_to and extension_to <= 9999999)
);
comment on column organizations.reason_required is 'A reason or ticket must be given for changes of roles and for deactivation.';
alter table organizations enable row level security;
create policy tenant on organizations using (id = current_organization());
grant select, update on organizations to rollcall_app;

create table organization_logos (
  organization_id uuid primary key references organizations (id),
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  bytes bytea not null check (octet_length(bytes) <= 262144),
  updated_at timestamptz not null default rollcall_now()
);
call close_to_tenant('organization_logos', 'select, insert, update, delete');

-- One row to lock before anything that touches an administrator; nobody else ever locks it.
create table organization_guards (organization_id uuid primary key references organizations (id));
call close_to_tenant('organization_guards', 'select, update');
