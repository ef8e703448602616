-- A user is one person in one organization. Where a name is compared, its folded form is stored beside it:
-- conditions that are not leakproof (lower(), like) lose their index under row security.
create table users (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  sign_in_name text not null check (char_length(sign_in_name) between 1 and 320),
  sign_in_key text collate "C" not null,
  email text check (char_length(email) <= 320),
  email_key text collate "C",
  first_name text not null default '' check (char_length(first_name) <= 200),
  last_name text not null default '' check (char_length(last_name) <= 200),
  status text collate "C" not null check (status in ('scheduled', 'invited', 'active', 'inactive')),
  extension text collate "C" check (extension ~ '^[0-9]{3,7}$'),
  phone_numbers text[] not null default '{}',
  default_number_id uuid,
  department text check (char_length(department) <= 200),
  title text check (char_length(title) <= 200),
  manager_id uuid,
  site text check (char_length(site) <= 200),
  cost_center text check (char_length(cost_center) <= 200),
  custom_fields jsonb not null default '{}',
  locale text,
  time_zone text,
  external_id text check (char_length(external_id) <= 400),
  start_date date,
  last_day date,
  availability text not null default 'offline' check (availability in ('online', 'offline', 'away')),
  away_reason text check (char_length(away_reason) <= 200),
  availability_since timestamptz not null default rollcall_now(),
  created_at timestamptz not null default rollcall_now(),
  updated_at timestamptz not null default rollcall_now(),
  accepted_at timestamptz,
  deactivated_at timestamptz,
  withdrawn_at timestamptz,
  version bigint not null default 1,
  name_key text collate "C" not null generated always as (fold(last_name || ' ' || first_name)) stored,
  department_key text collate "C" not null generated always as (fold(coalesce(department, ''))) stored,
  search_text text collate "C" not null generated always as (fold(
    ' ' || first_name || ' ' || last_name || ' ' || sign_in_name || ' ' || coalesce(email, '') || ' ' ||
    coalesce(extension, '') || ' ' || coalesce(department, '') || ' ' || coalesce(title, ''))) stored,
  primary key (organization_id, id),
  constraint users_manager foreign key (organization_id, manager_id) references users (organization_id, id),
  constraint users_away_reason check (availability = 'away' or away_reason is null),
  constraint users_last_day check (last_day is null or start_date is null or last_day >= start_date),
  constraint users_inactive check ((status = 'inactive') = (deactivated_at is not null))
);
comment on column users.sign_in_name is 'SCIM userName; unique per organization without regard to case or Unicode form.';
comment on column users.search_text is 'Begins with a space, so that every word in it begins behind one: see search_patterns.';
comment on column users.withdrawn_at is 'Taken back as if never added (undo of an import): out of every list, still in audit and history.';
create unique index users_sign_in_key on users (organization_id, sign_in_key) where withdrawn_at is null;
create unique index users_extension on users (organization_id, extension) where withdrawn_at is null and extension is not null;
create index users_by_name on users (organization_id, name_key, id) where withdrawn_at is null;
create index users_by_status_name on users (organization_id, status, name_key, id) where withdrawn_at is null;
create index users_by_department on users (organization_id, department_key, name_key, id) where withdrawn_at is null;
create index users_by_creation on users (organization_id, created_at, id) where withdrawn_at is null;
create index users_by_sign_in on users (organization_id, sign_in_key, id) where withdrawn_at is null;
create index users_by_email on users (organization_id, email_key) where withdrawn_at is null;
create index users_by_manager on users (organization_id, manager_id) where manager_id is not null;
create index users_by_last_day on users (organization_id, last_day) where last_day is not null and status <> 'inactive';
create index users_by_start_date on users (organization_id, start_date) where status = 'scheduled';
-- Who is on the phones now, among however many.
create index users_available on users (organization_id, availability) where availability <> 'offline';
-- A short pending list: every search reads it from end to end.
create index users_search on users using gin (organization_id, search_text gin_trgm_ops)
  with (gin_pending_list_limit = 256);
call close_to_tenant('users', 'select, insert, update');

create table user_credentials (
  organization_id uuid not null,
  user_id uuid not null,
  password_hash text not null,
  changed_at timestamptz not null default rollcall_now(),
  primary key (organization_id, user_id),
  foreign key (organization_id, user_id) references users (organization_id, id)
);
call close_to_tenant('user_credentials', 'select, insert, update, delete');

-- What must be found before the organization is known. No right for the application: it asks find_sign_ins().
create table sign_in_directory (
  sign_in_key text collate "C" not null,
  organization_id uuid not null,
  user_id uuid not null,
  primary key (sign_in_key, organization_id)
);
create index sign_in_directory_user on sign_in_directory (organization_id, user_id);

create function find_sign_ins(key text) returns table (organization_id uuid, user_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select d.organization_id, d.user_id from sign_in_directory d where d.sign_in_key = key $$;
revoke all on function find_sign_ins(text) from public;
grant execute on function find_sign_ins(text) to rollcall_app;

create function keep_sign_in_directory() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    delete from sign_in_directory d using old_rows o join new_rows n using (organization_id, id)
     where d.organization_id = o.organization_id and d.user_id = o.id
       and (o.sign_in_key, o.withdrawn_at is null) is distinct from (n.sign_in_key, n.withdrawn_at is null);
    insert into sign_in_directory (sign_in_key, organization_id, user_id)
    select n.sign_in_key, n.organization_id, n.id from new_rows n join old_rows o using (organization_id, id)
     where n.withdrawn_at is null
       and (o.sign_in_key, o.withdrawn_at is null) is distinct from (n.sign_in_key, n.withdrawn_at is null);
  else
    insert into sign_in_directory (sign_in_key, organization_id, user_id)
    select sign_in_key, organization_id, id from new_rows where withdrawn_at is null;
  end if;
  return null;
end $$;
revoke all on function keep_sign_in_directory() from public;
create trigger sign_in_directory_insert after insert on users
  referencing new table as new_rows for each statement execute function keep_sign_in_directory();
create trigger sign_in_directory_update after update on users
  referencing old table as old_rows new table as new_rows for each statement execute function keep_sign_in_directory();
