-- A file of people: its rows as they came (import_rows), what the preview says of each (import_plans) and what became
-- of each (import_outcomes). Each is written in chunks; a chunk's transaction also moves next_position, so that after
-- a crash nothing is lost and nothing is done twice.
create table imports (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  file_name text not null check (char_length(file_name) between 1 and 200),
  format text not null check (format in ('csv', 'xlsx')),
  encoding text,
  delimiter text,
  recognition json not null,
  mapping json not null default '{}',
  options json not null,
  row_count integer not null,
  state text collate "C" not null default 'uploaded'
    check (state in ('uploaded', 'previewing', 'previewed', 'applying', 'applied', 'undoing', 'undone', 'stopped')),
  step text check (step in ('parse', 'plan', 'missing', 'early', 'rows', 'managers', 'undo')),
  next_position integer not null default 0,
  progress_done integer not null default 0,
  progress_total integer not null default 0,
  digest text,
  counts json,
  confirmation json,
  reason text check (char_length(reason) <= 500),
  requested_by uuid,
  requested_key uuid,
  requested_by_name text not null,
  request_id text not null,
  created_at timestamptz not null default rollcall_now(),
  touched_at timestamptz not null default rollcall_now(),
  previewed_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  stop_reason text,
  primary key (organization_id, id),
  constraint imports_step check ((step is not null) = (state in ('previewing', 'applying', 'undoing'))),
  constraint imports_stopped check ((state = 'stopped') = (stop_reason is not null))
);
comment on column imports.mapping is 'What a person has chosen, over what was recognised: index of the column → ours or null.';
comment on column imports.requested_by is 'A user; null for the operator''s command line.';
comment on column imports.requested_key is 'The API key, whose permissions bound those of its user.';
comment on column imports.next_position is 'The first position that the present step has not done.';
create index imports_running on imports (touched_at) where step is not null;
call close_to_tenant('imports', 'select, insert, update');

create table import_rows (
  organization_id uuid not null,
  import_id uuid not null,
  position integer not null check (position > 0),
  line integer not null,
  cells json not null,
  faults json,
  primary key (organization_id, import_id, position),
  foreign key (organization_id, import_id) references imports (organization_id, id)
);
comment on column import_rows.position is 'Row below the header, from 1.';
call close_to_tenant('import_rows', 'select, insert');

create table import_plans (
  organization_id uuid not null,
  import_id uuid not null,
  position integer not null,
  person json,
  repeats json,
  name text not null,
  sign_in_name text,
  sign_in_key text collate "C",
  external_id text collate "C",
  extension text collate "C",
  kind text collate "C" check (kind in ('create', 'change', 'unchanged', 'deactivate', 'refused')),
  user_id uuid,
  manager_position integer,
  early boolean not null default false,
  effects json,
  changes json,
  errors json,
  warnings json,
  primary key (organization_id, import_id, position),
  foreign key (organization_id, import_id) references imports (organization_id, id)
);
comment on table import_plans is 'Positions past the file''s last row are people who are not in the file.';
comment on column import_plans.repeats is 'By field, the earlier row of the file that has the same value.';
comment on column import_plans.effects is 'What changes, in the terms of the functions that change it: { before, after }.';
comment on column import_plans.early is 'Goes first: an extension that is named must not be given away, an administrator made before one goes.';
comment on column import_plans.manager_position is 'The row of the manager, who is created by the same file: given in a step of its own.';
create index import_plans_by_kind on import_plans (organization_id, import_id, kind, position);
create index import_plans_by_user on import_plans (organization_id, import_id, user_id);
create index import_plans_by_sign_in on import_plans (organization_id, import_id, sign_in_key);
call close_to_tenant('import_plans', 'select, insert, update, delete');

create table import_outcomes (
  organization_id uuid not null,
  import_id uuid not null,
  position integer not null,
  outcome text collate "C" not null check (outcome in ('done', 'refused', 'undone', 'left')),
  user_id uuid,
  errors json,
  linked json,
  undo_note text,
  primary key (organization_id, import_id, position),
  foreign key (organization_id, import_id) references imports (organization_id, id)
);
comment on column import_outcomes.linked is 'The manager given in a step of its own, as effects: { before, after }.';
call close_to_tenant('import_outcomes', 'select, insert, update');

create index users_by_external_id on users (organization_id, external_id)
  where external_id is not null and withdrawn_at is null;

-- Imports that a dead process has left in the middle of a step, of all organizations; a job for each goes on with it.
create function find_halted_imports(before timestamptz) returns table (organization_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.organization_id, i.id from imports i where i.step is not null and i.touched_at <= before $$;
revoke all on function find_halted_imports(timestamptz) from public;
grant execute on function find_halted_imports(timestamptz) to rollcall_app;

-- What the planner knows of the tables that an import fills. Autovacuum comes once a minute: until then every index
-- looks alike to the planner, also where foreign keys are checked, and it takes wrong ones. Locks no reader or writer.
create function refresh_import_statistics() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze users, sign_in_directory, user_history, role_assignments, role_assignment_history, group_members,
    group_member_history, audit_events, audit_details, invitations, mails, import_rows, import_plans, import_outcomes;
end $$;
revoke all on function refresh_import_statistics() from public;
grant execute on function refresh_import_statistics() to rollcall_app;
