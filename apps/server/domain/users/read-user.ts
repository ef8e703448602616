import type { UserProfile } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { asInstant } from '../../db/as-instant.ts';
import { prepareStatement } from '../../db/prepare-statement.ts';
import { AppError } from '../../platform/errors.ts';
import { may } from '../access/require-permission.ts';
import { actingUserId, type Context } from '../context.ts';
import { currentInvitationState } from './current-invitation.ts';

/** Everything about one user, for who may see all of them and for the user. */
export async function readUser(ctx: Context, id: string): Promise<UserProfile> {
  if (!may(ctx.actor, 'users:read') && actingUserId(ctx.actor) !== id) throw noSuchUser();
  return readProfile(ctx, id);
}

export function noSuchUser(): AppError {
  return new AppError('not_found', { detail: 'There is no such agent in this organization.' });
}

const findProfile = prepareStatement<
  { organizationId: string; id: string; now: Date },
  { profile: UserProfile }
>(
  ({ organizationId, id, now }) => sql<{ profile: UserProfile }>`
    select row_to_json(profile) as profile from (select u.id, u.version, u.first_name as "firstName", u.last_name as "lastName", u.email, u.sign_in_name as "signInName",
      u.status, u.extension, u.phone_numbers as "phoneNumbers", u.department, u.title, u.site,
      u.cost_center as "costCenter", u.custom_fields as "customFields", u.locale, u.time_zone as "timeZone",
      u.external_id as "externalId", u.start_date as "startDate", u.last_day as "lastDay", u.availability,
      u.away_reason as "awayReason", ${asInstant(sql`u.availability_since`)} as "availabilitySince", ${asInstant(sql`u.created_at`)} as "createdAt",
      ${asInstant(sql`u.updated_at`)} as "updatedAt", ${asInstant(sql`u.accepted_at`)} as "acceptedAt", ${asInstant(sql`u.deactivated_at`)} as "deactivatedAt",
      coalesce((select json_agg(json_build_object('id', r.id, 'key', r.key, 'name', r.name, 'until', a.valid_until)
          order by a.valid_from)
        from role_assignments a join roles r on r.organization_id = a.organization_id and r.id = a.role_id
        where a.organization_id = u.organization_id and a.user_id = u.id
          and (a.valid_until is null or a.valid_until > ${now})), '[]') as roles,
      coalesce((select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name_key)
        from group_members m join groups g on g.organization_id = m.organization_id and g.id = m.group_id
        where m.organization_id = u.organization_id and m.user_id = u.id), '[]') as groups,
      coalesce((select json_agg(json_build_object('id', n.id, 'e164', n.e164, 'label', n.label) order by n.e164)
        from numbers n where n.organization_id = u.organization_id and n.user_id = u.id), '[]') as numbers,
      (select json_build_object('id', n.id, 'e164', n.e164, 'label', n.label) from numbers n
        where n.organization_id = u.organization_id and n.id = u.default_number_id) as "defaultNumber",
      (select json_build_object('id', m.id, 'name', btrim(m.first_name || ' ' || m.last_name)) from users m
        where m.organization_id = u.organization_id and m.id = u.manager_id) as manager,
      (select count(*) from users d where d.organization_id = u.organization_id and d.manager_id = u.id
        and d.withdrawn_at is null) as "directReports",
      ${currentInvitationState} as "invitationState",
      exists (select from user_credentials c where c.organization_id = u.organization_id and c.user_id = u.id) as "hasPassword",
      (select ${asInstant(sql`max(s.last_seen_at)`)} from sessions s
        where s.organization_id = u.organization_id and s.user_id = u.id) as "lastSeenAt"
    from users u
    where u.organization_id = ${organizationId} and u.id = ${id} and u.withdrawn_at is null) profile`,
);

/** As {@link readUser}, where the actor's right has been seen to already. */
export async function readProfile(ctx: Context, id: string): Promise<UserProfile> {
  const { tx, organizationId, now } = ctx;
  const [found] = await findProfile(tx, { organizationId, id, now });
  if (!found) throw noSuchUser();
  return found.profile;
}
