-- The sealed chain over the audit: gapless and keyed, made by the sealer behind the writers. The application may
-- read it and nothing else; the key of each organization, wrapped by the installation's secret, it may not even read.
create table organization_keys (
  organization_id uuid not null references organizations (id),
  purpose text collate "C" not null check (purpose in ('audit')),
  wrapped bytea not null,
  primary key (organization_id, purpose)
);
alter table organization_keys enable row level security;

create table audit_chain (
  organization_id uuid not null,
  seq bigint not null check (seq > 0),
  event_id uuid not null,
  hash bytea not null,
  primary key (organization_id, seq)
);
create unique index audit_chain_event on audit_chain (organization_id, event_id);
call close_to_tenant('audit_chain', 'select');

create table audit_seals (
  organization_id uuid primary key references organizations (id),
  seq bigint not null,
  hash bytea not null,
  transaction_id xid8 not null,
  event_id uuid not null,
  sealed_at timestamptz not null
);
comment on column audit_seals.transaction_id is 'With event_id the mark up to which, in this order, everything is sealed.';
call close_to_tenant('audit_seals', 'select');

create table audit_checkpoints (
  organization_id uuid not null references organizations (id),
  seq bigint not null,
  hash bytea not null,
  at timestamptz not null,
  signature bytea not null,
  primary key (organization_id, seq)
);
call close_to_tenant('audit_checkpoints', 'select');

-- The log is read newest first, by the time that people see.
drop index audit_events_by_target, audit_events_by_actor, audit_events_by_action;
create index audit_events_by_time on audit_events (organization_id, occurred_at, id);
create index audit_events_by_target on audit_events (organization_id, target_id, occurred_at, id);
create index audit_events_by_actor on audit_events (organization_id, actor_id, occurred_at, id) where actor_id is not null;
create index audit_events_by_action on audit_events (organization_id, action, occurred_at, id);
