import type { OffBoarding } from '@rollcall/contract/off-boarding';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { selectOffBoardings } from './read-off-boarding.ts';

/** Ticks off (or opens again) what is left to do by hand. @throws AppError `not_found` */
export async function tickOffTask(
  ctx: Context,
  { id, key, done, note }: { id: string; key: string; done: boolean; note?: string | null | undefined },
): Promise<OffBoarding> {
  requirePermission(ctx, 'users:deactivate');
  const { actor } = ctx;
  const by = 'name' in actor ? actor.name : '';
  const { rows } = await sql<{ was: Date | null; instruction: string; user_id: string; user_name: string }>`
    with task as (
      select t.off_boarding_id, t.key, t.done_at, o.user_id, o.user_name from off_boarding_tasks t
      join off_boardings o on o.organization_id = t.organization_id and o.id = t.off_boarding_id
      where t.organization_id = ${ctx.organizationId} and t.off_boarding_id = ${id} and t.key = ${key} for update of t
    )
    update off_boarding_tasks t set done_at = ${done ? ctx.now : null}::timestamptz, done_by_name = ${done ? by : null},
      note = coalesce(${note ?? null}, t.note)
    from task where t.organization_id = ${ctx.organizationId} and t.off_boarding_id = task.off_boarding_id and t.key = task.key
    returning task.done_at as was, t.instruction, task.user_id, task.user_name`.execute(ctx.tx);
  const task = rows[0];
  if (!task) throw new AppError('not_found', { detail: 'There is no such task on an off-boarding record.' });
  await appendAuditEvents(ctx, [
    {
      action: done ? 'off_boarding.task_done' : 'off_boarding.task_reopened',
      target: { kind: 'off_boarding', id, name: task.user_name },
      before: { task: key, doneAt: task.was },
      after: { task: key, doneAt: done ? ctx.now : null, note: note ?? undefined },
    },
  ]);
  return (await selectOffBoardings(ctx, { id }))[0]!;
}
