import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { actingUserId } from '../context.ts';
import { describeEnded, describeKept, describeTasks } from './describe-record.ts';
import type { Effects } from './effects.ts';

/**
 * Writes the off-boarding records with their tasks, and each also into the audit, where it is sealed.
 * @returns the record's id by user
 */
export async function appendOffBoardings(
  ctx: Context,
  effects: Effects,
  disabledAtSource: Date | null,
): Promise<Map<string, string>> {
  if (effects.leavers.length === 0) return new Map();
  const endedAt = new Date(ctx.now.getTime() + effects.elapsed).toISOString();
  const records = effects.leavers.map((user) => ({
    id: newId(),
    user_id: user.id,
    user_name: user.name,
    sign_in_name: user.signInName,
    email: user.email,
    department: user.department,
    title: user.title,
    status_before: user.status,
    roles: user.roles,
    leaving_date: user.lastDay,
    ended: describeEnded(effects, user).map(({ kind, items }) => ({
      kind,
      count: items.length,
      endedAt,
      items,
    })),
    kept: describeKept(effects, [user]),
    tasks: describeTasks(effects, [user]),
  }));
  const { actor } = ctx;
  await sql`
    insert into off_boardings (organization_id, id, user_id, user_name, sign_in_name, email, department, title,
      status_before, roles, leaving_date, disabled_at_source, signal_received_at, access_ended_at, by_kind, by_id,
      by_name, reason, request_id, successor_id, successor_name, ended, kept)
    select ${ctx.organizationId}::uuid, r.id, r.user_id, r.user_name, r.sign_in_name, r.email, r.department, r.title,
      r.status_before, r.roles, r.leaving_date, ${disabledAtSource}, ${ctx.now}, ${endedAt}::timestamptz, ${actor.kind},
      ${actingUserId(actor)}::uuid, ${'name' in actor ? actor.name : ''}, ${effects.reason}, ${ctx.requestId},
      ${effects.successor?.id ?? null}::uuid, ${effects.successor?.name ?? null}, r.ended, r.kept
    from json_to_recordset(${JSON.stringify(records)}::json) as r(id uuid, user_id uuid, user_name text,
      sign_in_name text, email text, department text, title text, status_before text, roles text[], leaving_date date,
      ended jsonb, kept jsonb)`.execute(ctx.tx);
  const tasks = records.flatMap((record) =>
    record.tasks.map(({ key, text }, position) => ({
      off_boarding_id: record.id,
      key,
      position,
      instruction: text,
    })),
  );
  await sql`
    insert into off_boarding_tasks (organization_id, off_boarding_id, key, position, instruction)
    select ${ctx.organizationId}::uuid, t.off_boarding_id, t.key, t.position, t.instruction
    from json_to_recordset(${JSON.stringify(tasks)}::json)
      as t(off_boarding_id uuid, key text, position smallint, instruction text)`.execute(ctx.tx);
  await appendAuditEvents(
    ctx,
    records.map((record) => ({
      action: 'user.deactivated',
      target: { kind: 'user', id: record.user_id, name: record.user_name },
      before: { status: record.status_before },
      after: {
        status: 'inactive',
        offBoarding: {
          id: record.id,
          leavingDate: record.leaving_date,
          disabledAtSource,
          signalReceived: ctx.now,
          accessEnded: endedAt,
          successorId: effects.successor?.id ?? null,
          ended: record.ended,
          kept: record.kept,
          tasks: record.tasks,
        },
      },
      ...(effects.reason === null ? {} : { reason: effects.reason }),
    })),
  );
  await ctx.enqueue('verify-off-boardings', [
    { organizationId: ctx.organizationId, ids: records.map((record) => record.id) },
  ]);
  return new Map(records.map((record) => [record.user_id, record.id]));
}
