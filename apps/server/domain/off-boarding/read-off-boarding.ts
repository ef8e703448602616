import type { OffBoarding } from '@rollcall/contract/off-boarding';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { requireUser } from '../sessions/require-user.ts';

/** One off-boarding record as it stands now. @throws AppError `not_found` */
export async function readOffBoarding(ctx: Context, id: string): Promise<OffBoarding> {
  requirePermission(ctx, 'audit:read');
  const record = (await selectOffBoardings(ctx, { id })).at(0);
  if (!record) throw new AppError('not_found', { detail: 'There is no off-boarding record with this id.' });
  return record;
}

/** All off-boarding records of one user, newest first. @throws AppError `not_found` */
export async function readOffBoardingsOfUser(ctx: Context, userId: string): Promise<OffBoarding[]> {
  requirePermission(ctx, 'users:read');
  await requireUser(ctx, userId);
  return selectOffBoardings(ctx, { userId });
}

type Row = Omit<OffBoarding, 'times'> & {
  leavingDate: string | null;
  disabledAtSource: Date | null;
  signalReceived: Date;
  accessEnded: Date;
  verified: Date | null;
};

/** The records without asking for a permission: for those who have just made one. */
export async function selectOffBoardings(
  ctx: Context,
  by: { id?: string; userId?: string },
): Promise<OffBoarding[]> {
  const { rows } = await sql<Row>`
    select o.id,
      json_build_object('id', o.user_id, 'name', o.user_name, 'signInName', o.sign_in_name, 'email', o.email,
        'department', o.department, 'title', o.title, 'statusBefore', o.status_before, 'roles', o.roles) as user,
      o.leaving_date as "leavingDate", o.disabled_at_source as "disabledAtSource",
      o.signal_received_at as "signalReceived", o.access_ended_at as "accessEnded", v.verified_at as verified,
      json_build_object('kind', o.by_kind, 'id', o.by_id, 'name', o.by_name) as by, o.reason,
      o.request_id as "requestId",
      case when o.successor_id is null then null
        else json_build_object('id', o.successor_id, 'name', o.successor_name) end as successor,
      o.ended, o.kept,
      coalesce((select json_agg(json_build_object('key', t.key, 'text', t.instruction, 'doneAt', t.done_at,
          'doneBy', t.done_by_name, 'note', t.note) order by t.position)
        from off_boarding_tasks t where t.organization_id = o.organization_id and t.off_boarding_id = o.id), '[]') as tasks,
      (select json_build_object('at', r.reactivated_at, 'byName', r.by_name, 'reason', r.reason, 'role', r.role_name)
        from reactivations r where r.organization_id = o.organization_id and r.off_boarding_id = o.id) as reactivation
    from off_boardings o
    left join off_boarding_verifications v on v.organization_id = o.organization_id and v.off_boarding_id = o.id
    where o.organization_id = ${ctx.organizationId}
      and (o.id = ${by.id ?? null}::uuid or o.user_id = ${by.userId ?? null}::uuid)
    order by o.id desc`.execute(ctx.tx);
  return rows.map(({ leavingDate, disabledAtSource, signalReceived, accessEnded, verified, ...record }) => ({
    ...record,
    tasks: record.tasks.map((task) => ({ ...task, doneAt: instantOf(task.doneAt) })),
    reactivation: record.reactivation && { ...record.reactivation, at: instantOf(record.reactivation.at)! },
    times: {
      leavingDate,
      disabledAtSource: disabledAtSource?.toISOString() ?? null,
      signalReceived: signalReceived.toISOString(),
      accessEnded: accessEnded.toISOString(),
      milliseconds: accessEnded.getTime() - signalReceived.getTime(),
      verified: verified?.toISOString() ?? null,
    },
  }));
}

const instantOf = (text: string | null) => (text === null ? null : new Date(text).toISOString());
