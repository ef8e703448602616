-- Roles are named sets of permissions; an assignment gives one to a user, in a scope, perhaps until a moment.
create table roles (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  key text collate "C" check (key in ('administrator', 'agent')),
  name text not null check (char_length(name) between 1 and 100),
  description text not null default '',
  primary key (organization_id, id)
);
comment on column roles.key is 'Names a built-in role; null for a role that the organization made.';
create unique index roles_key on roles (organization_id, key);
create unique index roles_name on roles (organization_id, fold(name));
call close_to_tenant('roles', 'select, insert, update, delete');

create table role_permissions (
  organization_id uuid not null,
  role_id uuid not null,
  permission text collate "C" not null,
  primary key (organization_id, role_id, permission),
  foreign key (organization_id, role_id) references roles (organization_id, id)
);
call close_to_tenant('role_permissions', 'select, insert, delete');

create table role_assignments (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  scope_kind text collate "C" not null default 'organization' check (scope_kind in ('organization', 'group')),
  scope_id uuid,
  valid_from timestamptz not null default rollcall_now(),
  valid_until timestamptz,
  granted_by uuid,
  primary key (organization_id, id),
  constraint role_assignments_user foreign key (organization_id, user_id) references users (organization_id, id),
  constraint role_assignments_role foreign key (organization_id, role_id) references roles (organization_id, id),
  constraint role_assignments_scope check ((scope_kind = 'organization') = (scope_id is null)),
  constraint role_assignments_period check (valid_until is null or valid_until > valid_from)
);
create unique index role_assignments_once on role_assignments (organization_id, user_id, role_id, scope_kind, scope_id) nulls not distinct;
create index role_assignments_by_role on role_assignments (organization_id, role_id, user_id);
call close_to_tenant('role_assignments', 'select, insert, update, delete');
