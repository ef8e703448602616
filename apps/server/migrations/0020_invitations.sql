-- An invitation lets its user in once. Only hashes of its links are kept. A user has one current invitation; what was
-- before it does not work any more and stays as history.
create table invitations (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  email text,
  delivery text collate "C" not null check (delivery in ('mail', 'link')),
  state text collate "C" not null
    check (state in ('queued', 'sent', 'refused', 'bounced', 'visited', 'accepted', 'expired', 'revoked')),
  link_hash bytea not null,
  reminder_hash bytea,
  invited_by uuid,
  invited_by_name text,
  words text,
  created_at timestamptz not null default rollcall_now(),
  expires_at timestamptz not null,
  sent_at timestamptz,
  refused_at timestamptz,
  bounced_at timestamptz,
  visited_at timestamptz,
  reminded_at timestamptz,
  accepted_at timestamptz,
  expired_at timestamptz,
  revoked_at timestamptz,
  superseded_at timestamptz,
  primary key (organization_id, id),
  constraint invitations_user foreign key (organization_id, user_id) references users (organization_id, id),
  constraint invitations_email check (delivery = 'link' or email is not null),
  constraint invitations_accepted check ((state = 'accepted') = (accepted_at is not null)),
  constraint invitations_expired check ((state = 'expired') = (expired_at is not null)),
  constraint invitations_revoked check ((state = 'revoked') = (revoked_at is not null))
);
comment on column invitations.reminder_hash is 'Of the link in the reminder: the first one cannot be written again, since only its hash is known.';
comment on column invitations.words is 'Of the mail server that refused it or reported a bounce.';
comment on column invitations.superseded_at is 'When another took its place; null for the user''s current one.';
create unique index invitations_link on invitations (organization_id, link_hash);
create unique index invitations_reminder on invitations (organization_id, reminder_hash) where reminder_hash is not null;
create unique index invitations_current on invitations (organization_id, user_id) where superseded_at is null;
create index invitations_by_user on invitations (organization_id, user_id, id);
create index invitations_by_state on invitations (organization_id, state, id) where superseded_at is null;
-- Over all organizations: what expires or is to be reminded of.
create index invitations_open on invitations (expires_at) where state in ('queued', 'sent', 'refused', 'bounced', 'visited');
call close_to_tenant('invitations', 'select, insert, update');
