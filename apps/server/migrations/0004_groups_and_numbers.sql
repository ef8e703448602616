-- A group is a queue and the people in it. Members keep their place when they are deactivated
-- (the identity provider manages them) but do not count for routing then.
create table groups (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  name text not null check (name = btrim(name) and char_length(name) between 1 and 200),
  name_key text collate "C" not null generated always as (fold(name)) stored,
  ring_strategy text not null default 'all_at_once'
    check (ring_strategy in ('all_at_once', 'round_robin', 'longest_idle', 'random')),
  created_at timestamptz not null default rollcall_now(),
  version bigint not null default 1,
  primary key (organization_id, id)
);
create unique index groups_name on groups (organization_id, name_key);
call close_to_tenant('groups', 'select, insert, update, delete');

create table group_members (
  organization_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  position integer not null default 0,
  added_at timestamptz not null default rollcall_now(),
  primary key (organization_id, group_id, user_id),
  constraint group_members_group foreign key (organization_id, group_id) references groups (organization_id, id) on delete cascade,
  constraint group_members_user foreign key (organization_id, user_id) references users (organization_id, id)
);
create index group_members_by_user on group_members (organization_id, user_id, group_id);
call close_to_tenant('group_members', 'select, insert, update, delete');

create table numbers (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  e164 text collate "C" not null check (e164 ~ '^\+[1-9][0-9]{4,14}$'),
  label text not null default '' check (char_length(label) <= 200),
  user_id uuid,
  group_id uuid,
  created_at timestamptz not null default rollcall_now(),
  version bigint not null default 1,
  primary key (organization_id, id),
  constraint numbers_user foreign key (organization_id, user_id) references users (organization_id, id),
  constraint numbers_group foreign key (organization_id, group_id) references groups (organization_id, id),
  constraint numbers_one_holder check (user_id is null or group_id is null)
);
create unique index numbers_e164 on numbers (organization_id, e164);
create index numbers_by_user on numbers (organization_id, user_id) where user_id is not null;
create index numbers_by_group on numbers (organization_id, group_id) where group_id is not null;
call close_to_tenant('numbers', 'select, insert, update, delete');

alter table users add constraint users_default_number
  foreign key (organization_id, default_number_id) references numbers (organization_id, id);
create index users_by_default_number on users (organization_id, default_number_id) where default_number_id is not null;
