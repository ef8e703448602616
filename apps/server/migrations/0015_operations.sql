-- Bulk actions: work that goes on after its request. One job runs it in chunks; each chunk's
-- transaction also moves next_position, so that after a crash nothing is lost and nothing is done twice.
create table operations (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  kind text collate "C" not null,
  state text collate "C" not null default 'queued'
    check (state in ('queued', 'running', 'finished', 'cancelled', 'stopped')),
  parameters jsonb not null default '{}',
  reason text check (char_length(reason) <= 500),
  requested_by uuid,
  requested_key uuid,
  requested_by_name text not null,
  request_id text not null,
  total integer not null default 0,
  next_position integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  failed integer not null default 0,
  created_at timestamptz not null default rollcall_now(),
  touched_at timestamptz not null default rollcall_now(),
  started_at timestamptz,
  finished_at timestamptz,
  cancel_requested_at timestamptz,
  stop_reason text,
  primary key (organization_id, id),
  constraint operations_finished check ((state in ('finished', 'cancelled', 'stopped')) = (finished_at is not null)),
  constraint operations_stopped check ((state = 'stopped') = (stop_reason is not null))
);
comment on column operations.requested_by is 'A user; null for the operator''s command line.';
comment on column operations.next_position is 'The first row that is not done yet; rows are numbered from 0.';
comment on column operations.requested_key is 'The API key, whose permissions bound those of its user.';
create index operations_by_time on operations (organization_id, created_at, id);
create index operations_unfinished on operations (touched_at) where finished_at is null;
call close_to_tenant('operations', 'select, insert, update');

create table operation_rows (
  organization_id uuid not null,
  operation_id uuid not null,
  position integer not null,
  user_id uuid not null,
  outcome text collate "C" not null default 'pending'
    check (outcome in ('pending', 'changed', 'unchanged', 'failed', 'skipped')),
  error jsonb,
  primary key (organization_id, operation_id, position),
  foreign key (organization_id, operation_id) references operations (organization_id, id),
  foreign key (organization_id, user_id) references users (organization_id, id),
  constraint operation_rows_error check ((outcome = 'failed') = (error is not null))
);
create index operation_rows_by_outcome on operation_rows (organization_id, operation_id, outcome, position);
call close_to_tenant('operation_rows', 'select, insert, update');

-- Bulk actions that a dead process has left half-way, of all organizations; another process goes on with them.
create function find_halted_operations(before timestamptz) returns table (organization_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select o.organization_id, o.id from operations o where o.finished_at is null and o.touched_at < before $$;
revoke all on function find_halted_operations(timestamptz) from public;
grant execute on function find_halted_operations(timestamptz) to rollcall_app;
