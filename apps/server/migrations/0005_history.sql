-- People, roles and groups as they were on any past day. Written by the database itself, so that no path
-- can forget it; the application may read it and nothing else. An open period ends at infinity.
create table user_history (
  organization_id uuid not null,
  user_id uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  first_name text not null,
  last_name text not null,
  sign_in_name text not null,
  email text,
  status text not null,
  department text,
  title text,
  manager_id uuid,
  site text,
  cost_center text,
  primary key (organization_id, user_id, valid_from)
);
call close_to_tenant('user_history', 'select');

create table role_assignment_history (
  organization_id uuid not null,
  assignment_id uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  user_id uuid not null,
  role_id uuid not null,
  scope_kind text not null,
  scope_id uuid,
  primary key (organization_id, user_id, assignment_id, valid_from)
);
call close_to_tenant('role_assignment_history', 'select');

create table group_member_history (
  organization_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  primary key (organization_id, user_id, group_id, valid_from)
);
call close_to_tenant('group_member_history', 'select');

-- Trigger functions of the owner may be called by nobody (here and elsewhere), or the application's role could hang them
-- on a table of its own. Statements in them are planned once a session, and in a new installation that is when the
-- history is empty: the plan would then read the whole table for every row, and a first import or bulk action grow with
-- its square (10,000 memberships: 14 s against 1.2 s). The way by the key is the right one at any size.
create function keep_user_history() returns trigger
  language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
begin
  if tg_op = 'UPDATE' then
    -- A moment later than the open period began, whatever the writer's clock said: periods never turn around.
    with changed as (
      select n.organization_id, n.id from new_rows n join old_rows o using (organization_id, id)
       where (n.first_name, n.last_name, n.sign_in_name, n.email, n.status, n.department, n.title, n.manager_id, n.site, n.cost_center, n.withdrawn_at)
         is distinct from (o.first_name, o.last_name, o.sign_in_name, o.email, o.status, o.department, o.title, o.manager_id, o.site, o.cost_center, o.withdrawn_at)
    ), closed as (
      update user_history h set valid_to = greatest(rollcall_now(), h.valid_from + interval '1 microsecond')
        from changed c where h.organization_id = c.organization_id and h.user_id = c.id and h.valid_to = 'infinity'
      returning h.organization_id, h.user_id, h.valid_to
    )
    insert into user_history (organization_id, user_id, valid_from, first_name, last_name, sign_in_name, email, status, department, title, manager_id, site, cost_center)
    select n.organization_id, n.id, c.valid_to, n.first_name, n.last_name, n.sign_in_name, n.email, n.status, n.department, n.title, n.manager_id, n.site, n.cost_center
      from closed c join new_rows n on n.organization_id = c.organization_id and n.id = c.user_id
     where n.withdrawn_at is null;
  else
    insert into user_history (organization_id, user_id, valid_from, first_name, last_name, sign_in_name, email, status, department, title, manager_id, site, cost_center)
    select organization_id, id, rollcall_now(), first_name, last_name, sign_in_name, email, status, department, title, manager_id, site, cost_center
      from new_rows;
  end if;
  return null;
end $$;
revoke all on function keep_user_history() from public;
create trigger user_history_insert after insert on users
  referencing new table as new_rows for each statement execute function keep_user_history();
create trigger user_history_update after update on users
  referencing old table as old_rows new table as new_rows for each statement execute function keep_user_history();

create function keep_role_assignment_history() returns trigger
  language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
begin
  if tg_op <> 'INSERT' then
    update role_assignment_history h set valid_to = greatest(rollcall_now(), h.valid_from + interval '1 microsecond')
      from old_rows o
     where h.organization_id = o.organization_id and h.user_id = o.user_id and h.assignment_id = o.id and h.valid_to = 'infinity';
  end if;
  if tg_op <> 'DELETE' then
    insert into role_assignment_history (organization_id, assignment_id, valid_from, user_id, role_id, scope_kind, scope_id, valid_to)
    select n.organization_id, n.id,
           greatest(rollcall_now(), (select max(h.valid_to) from role_assignment_history h
             where h.organization_id = n.organization_id and h.user_id = n.user_id and h.assignment_id = n.id)),
           n.user_id, n.role_id, n.scope_kind, n.scope_id, 'infinity'
      from new_rows n;
  end if;
  return null;
end $$;
revoke all on function keep_role_assignment_history() from public;
create trigger role_assignment_history_insert after insert on role_assignments
  referencing new table as new_rows for each statement execute function keep_role_assignment_history();
create trigger role_assignment_history_update after update on role_assignments
  referencing old table as old_rows new table as new_rows for each statement execute function keep_role_assignment_history();
create trigger role_assignment_history_delete after delete on role_assignments
  referencing old table as old_rows for each statement execute function keep_role_assignment_history();

create function keep_group_member_history() returns trigger
  language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
begin
  if tg_op = 'INSERT' then
    insert into group_member_history (organization_id, group_id, user_id, valid_from)
    select n.organization_id, n.group_id, n.user_id,
           greatest(rollcall_now(), (select max(h.valid_to) from group_member_history h
             where h.organization_id = n.organization_id and h.user_id = n.user_id and h.group_id = n.group_id))
      from new_rows n;
  else
    update group_member_history h set valid_to = greatest(rollcall_now(), h.valid_from + interval '1 microsecond')
      from old_rows o
     where h.organization_id = o.organization_id and h.user_id = o.user_id and h.group_id = o.group_id and h.valid_to = 'infinity';
  end if;
  return null;
end $$;
revoke all on function keep_group_member_history() from public;
create trigger group_member_history_insert after insert on group_members
  referencing new table as new_rows for each statement execute function keep_group_member_history();
create trigger group_member_history_delete after delete on group_members
  referencing old table as old_rows for each statement execute function keep_group_member_history();
