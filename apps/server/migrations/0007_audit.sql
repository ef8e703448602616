-- Writers only insert their event, with its transaction and a hash of its payload. Personal data stands apart
-- and salted, so that erasing it leaves the chain whole. A sealer chains the events behind the writers.
create table audit_events (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  occurred_at timestamptz not null default rollcall_now(),
  action text collate "C" not null,
  actor_kind text collate "C" not null check (actor_kind in ('user', 'api_key', 'import', 'system', 'anonymous')),
  actor_id uuid,
  target_kind text collate "C" not null,
  target_id uuid,
  request_id text not null,
  payload_hash bytea not null,
  primary key (organization_id, id)
);
create index audit_events_unsealed on audit_events (organization_id, transaction_id, id);
create index audit_events_by_transaction on audit_events (transaction_id);
create index audit_events_by_target on audit_events (organization_id, target_id, id);
create index audit_events_by_actor on audit_events (organization_id, actor_id, id) where actor_id is not null;
create index audit_events_by_action on audit_events (organization_id, action, id);
call close_to_tenant('audit_events', 'select, insert');

create table audit_details (
  organization_id uuid not null,
  event_id uuid not null,
  salt bytea not null,
  payload json not null,
  primary key (organization_id, event_id),
  foreign key (organization_id, event_id) references audit_events (organization_id, id)
);
comment on column audit_details.payload is 'actor and target by name, ip, reason, before, after: what erasure may remove; payload_hash = sha256(salt || payload).';
call close_to_tenant('audit_details', 'select, insert');
