-- Opaque secrets, stored hashed, looked up at every request: ended means ended, on every node.
create table sessions (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  secret_hash bytea not null,
  created_at timestamptz not null default rollcall_now(),
  last_seen_at timestamptz not null default rollcall_now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed_out', 'ended_by_user', 'ended_by_administrator', 'deactivated', 'password_changed')),
  ip inet,
  user_agent text,
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references users (organization_id, id),
  constraint sessions_ended check ((ended_at is null) = (end_reason is null))
);
create unique index sessions_secret on sessions (organization_id, secret_hash);
create index sessions_by_user on sessions (organization_id, user_id, last_seen_at desc);
create index sessions_live on sessions (organization_id, user_id) where ended_at is null;
call close_to_tenant('sessions', 'select, insert, update');

create table api_keys (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null check (char_length(name) between 1 and 100),
  secret_hash bytea not null,
  hint text not null,
  permissions text[] not null,
  created_at timestamptz not null default rollcall_now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('revoked', 'deactivated')),
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references users (organization_id, id),
  constraint api_keys_ended check ((ended_at is null) = (end_reason is null))
);
comment on column api_keys.user_id is 'Whose key it is: it can do at most what this user can do now.';
create unique index api_keys_secret on api_keys (organization_id, secret_hash);
create index api_keys_live on api_keys (organization_id, user_id) where ended_at is null;
call close_to_tenant('api_keys', 'select, insert, update');

-- Short-lived single-use links: forgotten password, change of e-mail.
create table user_links (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  purpose text not null check (purpose in ('password_reset', 'email_change')),
  secret_hash bytea not null,
  new_email text,
  created_at timestamptz not null default rollcall_now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references users (organization_id, id),
  constraint user_links_email check ((purpose = 'email_change') = (new_email is not null))
);
create unique index user_links_secret on user_links (organization_id, secret_hash);
create index user_links_open on user_links (organization_id, user_id, purpose) where used_at is null;
call close_to_tenant('user_links', 'select, insert, update');

-- Failed attempts, counted for an account, an address or an organization. Not of one tenant; reached by function only.
create table attempt_counters (
  key text collate "C" primary key,
  window_start timestamptz not null,
  count integer not null
);
