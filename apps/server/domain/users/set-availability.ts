import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { may } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import { actingUserId, type Context } from '../context.ts';
import { noSuchUser } from './read-user.ts';

export interface AvailabilityView {
  availability: 'online' | 'offline' | 'away';
  awayReason: string | null;
  availabilitySince: string;
}
type Line = Omit<AvailabilityView, 'availabilitySince'> & {
  status: string;
  name: string;
  availabilitySince: Date;
};

/**
 * Says whether somebody takes calls: oneself, or who may change agents for another. It makes no new version of the
 * user: an administrator who is editing the profile is not told of a conflict because the agent went to lunch.
 */
export async function setAvailability(
  ctx: Context,
  userId: string,
  input: { availability: AvailabilityView['availability']; awayReason?: string | null | undefined },
): Promise<AvailabilityView> {
  if (actingUserId(ctx.actor) !== userId && !may(ctx.actor, 'users:update')) throw noSuchUser();
  const before = await readLine(ctx, userId, sql`for no key update`);
  if (before.status !== 'active') {
    throw new AppError('wrong_status', {
      detail: `${before.name} is ${before.status}. Only an active agent can take calls.`,
    });
  }
  const { availability, awayReason = null } = input;
  if (before.availability === availability && before.awayReason === awayReason) return viewOf(before);
  await sql`
    update users set availability = ${availability}, away_reason = ${awayReason}, availability_since = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = ${userId}`.execute(ctx.tx);
  await appendAuditEvents(ctx, [
    {
      action: 'user.availability_changed',
      target: { kind: 'user', id: userId, name: before.name },
      before: { availability: before.availability, awayReason: before.awayReason },
      after: { availability, awayReason },
    },
  ]);
  return { availability, awayReason, availabilitySince: ctx.now.toISOString() };
}

export async function readAvailability(ctx: Context, userId: string): Promise<AvailabilityView> {
  return viewOf(await readLine(ctx, userId, sql``));
}

async function readLine(ctx: Context, userId: string, lock: ReturnType<typeof sql>): Promise<Line> {
  const { rows } = await sql<Line>`
    select status, btrim(first_name || ' ' || last_name) as name, availability, away_reason as "awayReason",
      availability_since as "availabilitySince"
    from users where organization_id = ${ctx.organizationId} and id = ${userId} and withdrawn_at is null ${lock}`.execute(
    ctx.tx,
  );
  if (!rows[0]) throw noSuchUser();
  return rows[0];
}

const viewOf = ({ availability, awayReason, availabilitySince }: Line): AvailabilityView => ({
  availability,
  awayReason,
  availabilitySince: availabilitySince.toISOString(),
});
