-- The off-boarding record: proof of what ended, when, why and by whom. Append-only, with the words as they
-- were on that day; what happens later (tasks ticked off, verification, reactivation) stands beside it.
create table off_boardings (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  user_name text not null,
  sign_in_name text not null,
  email text,
  department text,
  title text,
  status_before text not null,
  roles text[] not null,
  leaving_date date,
  disabled_at_source timestamptz,
  signal_received_at timestamptz not null,
  access_ended_at timestamptz not null,
  by_kind text collate "C" not null,
  by_id uuid,
  by_name text not null,
  reason text,
  request_id text not null,
  successor_id uuid,
  successor_name text,
  ended jsonb not null,
  kept jsonb not null,
  search_text text collate "C" not null generated always as (
    fold(user_name || ' ' || sign_in_name || ' ' || coalesce(department, ''))) stored,
  primary key (organization_id, id),
  constraint off_boardings_user foreign key (organization_id, user_id) references users (organization_id, id)
);
comment on column off_boardings.disabled_at_source is 'When the identity provider or HR had disabled the account; null: not known.';
comment on column off_boardings.access_ended_at is 'Measured after the last thing had ended, directly before the commit.';
create index off_boardings_by_time on off_boardings (organization_id, signal_received_at, id);
create index off_boardings_by_user on off_boardings (organization_id, user_id, id);
call close_to_tenant('off_boardings', 'select, insert');

-- What a person still has to do by hand.
create table off_boarding_tasks (
  organization_id uuid not null,
  off_boarding_id uuid not null,
  key text collate "C" not null,
  position smallint not null,
  instruction text not null,
  done_at timestamptz,
  done_by_name text,
  note text,
  primary key (organization_id, off_boarding_id, key),
  foreign key (organization_id, off_boarding_id) references off_boardings (organization_id, id),
  constraint off_boarding_tasks_done check ((done_at is null) = (done_by_name is null))
);
call close_to_tenant('off_boarding_tasks', 'select, insert');
grant update (done_at, done_by_name, note) on off_boarding_tasks to rollcall_app;

-- A transaction that began after the commit has looked and found no live session, key, link or invitation.
create table off_boarding_verifications (
  organization_id uuid not null,
  off_boarding_id uuid not null,
  verified_at timestamptz not null,
  primary key (organization_id, off_boarding_id),
  foreign key (organization_id, off_boarding_id) references off_boardings (organization_id, id)
);
call close_to_tenant('off_boarding_verifications', 'select, insert');

create table reactivations (
  organization_id uuid not null,
  off_boarding_id uuid not null,
  reactivated_at timestamptz not null,
  by_name text not null,
  reason text,
  role_name text not null,
  primary key (organization_id, off_boarding_id),
  foreign key (organization_id, off_boarding_id) references off_boardings (organization_id, id)
);
call close_to_tenant('reactivations', 'select, insert');
