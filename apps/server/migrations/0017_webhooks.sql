-- Where the sealed chain is sent: webhooks and syslog collectors, each with its own place in the chain. One node at
-- a time works for a destination, as long as its lease holds; what it had not noted is sent again by the next.
create table webhooks (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  name text not null check (char_length(name) between 1 and 100),
  url text not null check (char_length(url) <= 2000),
  actions text[] not null default '{}',
  enabled boolean not null default true,
  given_up_at timestamptz,
  secret_sealed bytea,
  position bigint not null,
  last_success_at timestamptz,
  failing_since timestamptz,
  last_error text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  leased_until timestamptz,
  lease uuid,
  created_at timestamptz not null default rollcall_now(),
  primary key (organization_id, id),
  constraint webhooks_given_up check (given_up_at is null or not enabled)
);
comment on column webhooks.secret_sealed is 'The signing secret, encrypted by the installation; null for syslog.';
create unique index webhooks_name on webhooks (organization_id, fold(name));
create index webhooks_due on webhooks (organization_id) where enabled;
call close_to_tenant('webhooks', 'select, insert, update, delete');
