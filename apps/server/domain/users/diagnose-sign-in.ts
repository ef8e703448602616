import type { SignInDiagnosis } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { accountLimit, readAttempts } from '../sessions/limit-attempts.ts';
import { describeInvitation, type InvitationFacts } from './describe-invitation.ts';
import { noSuchUser } from './read-user.ts';

type Finding = SignInDiagnosis['findings'][number];

interface Facts {
  name: string;
  status: 'scheduled' | 'invited' | 'active' | 'inactive';
  email: string | null;
  signInName: string;
  signInKey: string;
  emailKey: string | null;
  startDate: string | null;
  lastDay: string | null;
  deactivatedOn: string | null;
  hasPassword: boolean;
  hasRole: boolean;
  today: string;
  refusals: number;
  invitation: InvitationFacts | null;
}

/** “Why can't this person sign in?”: what stands in the way first, what may explain it after, each with a remedy. */
export async function diagnoseSignIn(ctx: Context, userId: string): Promise<SignInDiagnosis> {
  requirePermission(ctx, 'users:read');
  const facts = await readFacts(ctx, userId);
  const { retryAfterSeconds } = await readAttempts(ctx.tx, [accountLimit(facts.signInKey)], ctx.now);
  const blocking = [
    ...findInStatus(facts),
    ...findInPassword(facts),
    ...(retryAfterSeconds === null ? [] : [tooManyAttempts(retryAfterSeconds)]),
  ];
  const findings = [...blocking, ...findHints(ctx, facts, blocking.length > 0)];
  return { canSignIn: blocking.length === 0, findings };
}

async function readFacts(ctx: Context, userId: string): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select btrim(u.first_name || ' ' || u.last_name) as name, u.status, u.email, u.sign_in_name as "signInName",
      u.sign_in_key as "signInKey", u.email_key as "emailKey", u.start_date as "startDate", u.last_day as "lastDay",
      to_char(u.deactivated_at at time zone o.time_zone, 'YYYY-MM-DD') as "deactivatedOn",
      to_char(${ctx.now}::timestamptz at time zone o.time_zone, 'YYYY-MM-DD') as today,
      exists (select from user_credentials c where c.organization_id = u.organization_id and c.user_id = u.id) as "hasPassword",
      exists (select from role_assignments a where a.organization_id = u.organization_id and a.user_id = u.id
        and a.valid_from <= ${ctx.now} and (a.valid_until is null or a.valid_until > ${ctx.now})) as "hasRole",
      (select count(*) from audit_events e where e.organization_id = u.organization_id and e.target_id = u.id
        and e.action = 'session.refused' and e.occurred_at > ${ctx.now}::timestamptz - interval '1 day') as refusals,
      (select json_build_object('state', i.state, 'delivery', i.delivery, 'email', i.email, 'words', i.words,
          'sentOn', to_char(i.sent_at at time zone o.time_zone, 'YYYY-MM-DD'),
          'expiresOn', to_char(i.expires_at at time zone o.time_zone, 'YYYY-MM-DD'),
          'expired', i.expires_at <= ${ctx.now})
        from invitations i where i.organization_id = u.organization_id and i.user_id = u.id and i.superseded_at is null) as invitation
    from users u join organizations o on o.id = u.organization_id
    where u.organization_id = ${ctx.organizationId} and u.id = ${userId} and u.withdrawn_at is null`.execute(
    ctx.tx,
  );
  if (!rows[0]) throw noSuchUser();
  return rows[0];
}

function findInStatus({ name, status, deactivatedOn, startDate, invitation }: Facts): Finding[] {
  const finding = (code: string, message: string, remedy: string) => [
    { code, blocking: true, message, remedy },
  ];
  if (status === 'inactive')
    return finding(
      'deactivated',
      `${name} was deactivated on ${deactivatedOn}.`,
      'Reactivate them, if they are back.',
    );
  if (status === 'scheduled')
    return finding(
      'scheduled',
      `${name} starts on ${startDate} and is invited on that day.`,
      'Change the start date to today to invite them now.',
    );
  if (status === 'invited') return [describeInvitation(name, invitation)];
  return [];
}

function findInPassword({ name, status, hasPassword, email }: Facts): Finding[] {
  if (status !== 'active' || hasPassword) return [];
  const remedy = email
    ? 'Ask them to choose one through “Forgotten password” on the sign-in page.'
    : 'Enter an e-mail address first; then “Forgotten password” on the sign-in page lets them choose one.';
  return [{ code: 'no_password', blocking: true, message: `${name} has no password.`, remedy }];
}

function tooManyAttempts(seconds: number): Finding {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return {
    code: 'too_many_attempts',
    blocking: true,
    message: `There were too many wrong passwords. The next attempt is looked at in ${minutes} minute${minutes === 1 ? '' : 's'}.`,
    remedy: 'Wait, then try once more, or choose a new password through “Forgotten password”.',
  };
}

function findHints(ctx: Context, facts: Facts, blocked: boolean): Finding[] {
  const { name, status, signInName, signInKey, email, emailKey, lastDay, today } = facts;
  const hints: Finding[] = [];
  const hint = (code: string, message: string, remedy: string | null) =>
    hints.push({ code, blocking: false, message, remedy });
  if (status === 'inactive') return hints;
  if (emailKey !== signInKey)
    hint(
      'other_sign_in_name',
      `${name} signs in as “${signInName}”, not with the e-mail address.`,
      'Tell them the name.',
    );
  if (!email) hint('no_email', `${name} has no e-mail address: no mail can reach them.`, 'Enter one.');
  if (lastDay && lastDay < today)
    hint(
      'last_day_passed',
      `The last day was ${lastDay}: access ends within minutes.`,
      'Change the last day if they stay.',
    );
  else if (lastDay) hint('last_day', `The last day is ${lastDay}: access ends at its end.`, null);
  if (!facts.hasRole)
    hint('no_role', `${name} has no role: after signing in there is nothing to see.`, 'Give them one.');
  if (facts.refusals > 0)
    hint(
      'refused',
      `${facts.refusals} attempt${facts.refusals === 1 ? ' was' : 's were'} refused in the last 24 hours.`,
      'Check the spelling and the keyboard’s caps lock, or choose a new password through “Forgotten password”.',
    );
  if (!blocked)
    hint(
      'ready',
      `Nothing stands in the way: ${name} can sign in as “${signInName}” at ${ctx.installation.publicUrl}.`,
      null,
    );
  return hints;
}
