-- Extensions that are given automatically come from a pool: who takes one deletes its row, passing over those that
-- others are taking at this moment, so that creations never wait for each other. The pool is made in portions:
-- numbers from next_extension on are not in it yet.
create table extension_ranges (
  organization_id uuid primary key references organizations (id),
  next_extension integer not null,
  last_extension integer not null
);
call close_to_tenant('extension_ranges', 'select, update');

create table free_extensions (
  organization_id uuid not null references organizations (id),
  extension integer not null,
  primary key (organization_id, extension)
);
call close_to_tenant('free_extensions', 'select, insert, update, delete');

create function keep_extension_range() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into extension_ranges as r (organization_id, next_extension, last_extension)
  values (new.id, new.extension_from, new.extension_to)
  on conflict (organization_id) do update
    set next_extension = excluded.next_extension, last_extension = excluded.last_extension;
  delete from free_extensions where organization_id = new.id;
  return null;
end $$;
revoke all on function keep_extension_range() from public;
create trigger extension_range_insert after insert on organizations for each row execute function keep_extension_range();
create trigger extension_range_update after update of extension_from, extension_to on organizations for each row
  when ((old.extension_from, old.extension_to) is distinct from (new.extension_from, new.extension_to))
  execute function keep_extension_range();

create function take_free_extensions(organization uuid, wanted integer) returns setof integer
  language sql volatile set search_path = public as $$
  delete from free_extensions f using (
    select g.organization_id, g.extension from free_extensions g
    join extension_ranges r on r.organization_id = g.organization_id and g.extension < r.next_extension
    where g.organization_id = organization order by g.extension limit wanted for update of g skip locked
  ) chosen
  where f.organization_id = chosen.organization_id and f.extension = chosen.extension returning f.extension
$$;

-- The lowest free extensions of the range, up to `wanted`; fewer when the range is exhausted. A number may turn out
-- to be taken (somebody chose it at this moment): the unique index on users decides, and one asks again.
create function take_extensions(organization uuid, wanted integer) returns table (extension text)
  language plpgsql volatile set search_path = public as $$
declare
  given integer;
  missing integer := wanted;
  pool extension_ranges;
begin
  return query select t::text from take_free_extensions(organization, missing) t;
  get diagnostics given = row_count;
  missing := missing - given;
  if missing = 0 or not exists (
    select from extension_ranges r where r.organization_id = organization and r.next_extension <= r.last_extension
  ) then return; end if;
  -- One fills the pool while others wait; they find what that one has left them.
  select * into pool from extension_ranges r where r.organization_id = organization for update;
  return query select t::text from take_free_extensions(organization, missing) t;
  get diagnostics given = row_count;
  missing := missing - given;
  while missing > 0 and pool.next_extension <= pool.last_extension loop
    insert into free_extensions (organization_id, extension)
    select organization, n
    from generate_series(pool.next_extension, least(pool.next_extension + missing + 499, pool.last_extension)) n
    where not exists (
      select from users u where u.organization_id = organization and u.extension = n::text and u.withdrawn_at is null)
    on conflict do nothing;
    update extension_ranges r set next_extension = least(pool.next_extension + missing + 499, pool.last_extension) + 1
      where r.organization_id = organization returning * into pool;
    return query select t::text from take_free_extensions(organization, missing) t;
    get diagnostics given = row_count;
    missing := missing - given;
  end loop;
end $$;

-- Who chooses an extension takes it out of the pool; who gives it up puts it back. A row that somebody is taking
-- right now is left alone: waiting for it while they wait for ours would be a deadlock.
create function keep_free_extensions() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    insert into free_extensions (organization_id, extension)
    select o.organization_id, o.extension::integer
      from old_rows o join new_rows n using (organization_id, id)
      join organizations g on g.id = o.organization_id and o.extension::integer between g.extension_from and g.extension_to
     where o.extension is not null and o.extension !~ '^0' and o.withdrawn_at is null
       and (o.extension is distinct from n.extension or n.withdrawn_at is not null)
    on conflict do nothing;
  end if;
  delete from free_extensions f using (
    select p.organization_id, p.extension from free_extensions p
    join new_rows n on n.organization_id = p.organization_id and n.extension::integer = p.extension
    where n.extension !~ '^0' and n.withdrawn_at is null for update of p skip locked
  ) chosen
  where f.organization_id = chosen.organization_id and f.extension = chosen.extension;
  return null;
end $$;
revoke all on function keep_free_extensions() from public;
create trigger free_extensions_insert after insert on users
  referencing new table as new_rows for each statement execute function keep_free_extensions();
create trigger free_extensions_update after update on users
  referencing old table as old_rows new table as new_rows for each statement execute function keep_free_extensions();
