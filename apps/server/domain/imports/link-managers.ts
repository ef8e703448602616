import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { updateUsers } from '../users/update-users.ts';
import { finishApplication } from './finish-application.ts';
import type { StoredImport } from './load-import.ts';
import { moveOn, portionSize } from './move-import.ts';
import { settingOf } from './plan-portion.ts';
import { rowErrorsOf } from './row-error.ts';
import { settleRows } from './settle-rows.ts';

/** Gives the agents whose managers have come with the same file their managers. */
export async function linkManagers(ctx: Context, found: StoredImport): Promise<void> {
  const { rows } = await sql<{ position: number; userId: string; managerId: string | null }>`
    select p.position, o.user_id as "userId", m.user_id as "managerId" from import_plans p
    join import_outcomes o on o.organization_id = p.organization_id and o.import_id = p.import_id and o.position = p.position and o.outcome = 'done'
    left join import_outcomes m on m.organization_id = p.organization_id and m.import_id = p.import_id and m.position = p.manager_position
    where p.organization_id = ${ctx.organizationId} and p.import_id = ${found.id} and p.manager_position is not null
      and p.position >= ${found.nextPosition}
    order by p.position limit ${portionSize}`.execute(ctx.tx);
  if (rows.length === 0) return finishApplication(ctx, found);
  const missing = {
    code: 'manager_missing',
    column: null,
    value: null,
    message: 'The manager was not added.',
    remedy: 'Choose one on the profile.',
  };
  const linked = rows.filter(({ managerId }) => managerId !== null);
  const outcomes = await settleRows(ctx, linked, (some) =>
    updateUsers(
      ctx,
      some.map(({ userId, managerId }) => ({ userId, changes: { managerId } })),
    ),
  );
  const notes = [
    ...rows
      .filter(({ managerId }) => managerId === null)
      .map(({ position }) => ({ position, errors: [missing] })),
    ...linked.map(({ position, managerId }, index) => {
      const outcome = outcomes[index]!;
      if (!outcome.ok) return { position, errors: rowErrorsOf(outcome.error, settingOf(found).columns, []) };
      return {
        position,
        linked: { before: { managerId: outcome.before.managerId ?? null }, after: { managerId } },
      };
    }),
  ];
  await sql`
    update import_outcomes o set errors = n.errors, linked = n.linked
    from json_to_recordset(${JSON.stringify(notes)}::json) as n(position integer, errors json, linked json)
    where o.organization_id = ${ctx.organizationId} and o.import_id = ${found.id} and o.position = n.position`.execute(
    ctx.tx,
  );
  await moveOn(ctx, found, rows.at(-1)!.position + 1, rows.length);
}
