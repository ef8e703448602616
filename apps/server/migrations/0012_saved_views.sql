-- What somebody keeps of the list of users: filters, order and columns, for themselves alone.
create table saved_views (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null check (char_length(name) between 1 and 100),
  query text not null check (char_length(query) <= 2000),
  columns text[] not null default '{}',
  created_at timestamptz not null default rollcall_now(),
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references users (organization_id, id)
);
create unique index saved_views_name on saved_views (organization_id, user_id, fold(name));
call close_to_tenant('saved_views', 'select, insert, update, delete');
