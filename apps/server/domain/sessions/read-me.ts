import type { Me } from '@rollcall/contract/sessions';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { notSignedIn } from './authenticate.ts';

/** Who the caller is, where, and what they may do in the whole organization. */
export async function readMe(ctx: Context): Promise<Omit<Me, 'organizations'>> {
  const { actor } = ctx;
  if (actor.kind !== 'user' && actor.kind !== 'api_key') throw notSignedIn();
  const { rows } = await sql<{ user: Me['user']; organization: Me['organization'] }>`
    select
      json_build_object('id', u.id, 'email', u.email, 'signInName', u.sign_in_name, 'firstName', u.first_name, 'lastName', u.last_name,
        'locale', u.locale, 'timeZone', u.time_zone) as "user",
      json_build_object('id', o.id, 'name', o.name, 'language', o.language, 'timeZone', o.time_zone,
        'reasonRequired', o.reason_required,
        'logo', '/api/v1/organization/logo?v=' || floor(extract(epoch from l.updated_at) * 1000)) as organization
    from users u
    join organizations o on o.id = u.organization_id
    left join organization_logos l on l.organization_id = o.id
    where u.organization_id = ${ctx.organizationId} and u.id = ${actor.userId}`.execute(ctx.tx);
  const { user, organization } = rows[0]!;
  return {
    user,
    email: user.email,
    organization,
    abilities: [...actor.grants]
      .filter(([, reach]) => reach === 'organization')
      .map(([permission]) => permission),
    sessionId: actor.kind === 'user' ? actor.sessionId : null,
  };
}
