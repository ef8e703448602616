-- The outbox. A mail is written in the transaction that wants it sent; a job delivers it. Its content holds links, so
-- it is sealed, and wiped once the mail server has it; without a mail server it stays to be shown.
create table mails (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  template text collate "C" not null,
  recipient text not null check (char_length(recipient) <= 320),
  language text collate "C" not null check (language in ('en', 'de')),
  content bytea,
  user_id uuid,
  invitation_id uuid,
  state text collate "C" not null default 'queued'
    check (state in ('queued', 'deferred', 'sent', 'refused', 'bounced', 'kept', 'cancelled')),
  message_id text collate "C",
  server_message_id text collate "C",
  attempts integer not null default 0,
  words text,
  created_at timestamptz not null default rollcall_now(),
  claimed_until timestamptz,
  last_attempt_at timestamptz,
  next_attempt_at timestamptz,
  sent_at timestamptz,
  primary key (organization_id, id),
  constraint mails_user foreign key (organization_id, user_id) references users (organization_id, id),
  constraint mails_invitation foreign key (organization_id, invitation_id) references invitations (organization_id, id),
  constraint mails_content check ((content is not null) = (state in ('queued', 'deferred', 'kept')))
);
comment on column mails.message_id is 'Given before the first attempt and the same at every further one.';
comment on column mails.server_message_id is 'The one that the mail server put in its place; a bounce names either.';
comment on column mails.claimed_until is 'Until when the node that is sending it is believed to be alive.';
create unique index mails_message_id on mails (organization_id, message_id) where message_id is not null;
create index mails_server_message_id on mails (organization_id, server_message_id) where server_message_id is not null;
create index mails_by_state on mails (organization_id, state, id);
create index mails_by_invitation on mails (organization_id, invitation_id, id) where invitation_id is not null;
-- Over all organizations: what should have gone out by now, in case that its job was lost.
create index mails_overdue on mails (coalesce(next_attempt_at, created_at)) where state in ('queued', 'deferred');
call close_to_tenant('mails', 'select, insert, update');

-- A bounce in the mailbox names no organization. Our own Message-ID does; for those of mail servers it stands here.
create table server_message_ids (
  message_id text collate "C" primary key,
  organization_id uuid not null
);
create function note_server_message_id(name text) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into server_message_ids (message_id, organization_id) values (name, current_organization())
  on conflict (message_id) do nothing
$$;
create function find_server_message_id(name text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select organization_id from server_message_ids where message_id = name $$;
revoke all on function note_server_message_id(text), find_server_message_id(text) from public;
grant execute on function note_server_message_id(text), find_server_message_id(text) to rollcall_app;
