import { sql } from 'kysely';
import type { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';
import { fieldFault } from './check-new-user.ts';
import type { CheckedChange } from './check-user-change.ts';

/** Who would become their own manager, over however many in between, if all of these changes were made. */
export async function findManagerCycles(
  ctx: Context,
  changes: readonly CheckedChange[],
): Promise<Map<string, AppError>> {
  const moved = changes.filter(({ after }) => 'managerId' in after);
  if (moved.every(({ next }) => next.manager_id === null)) return new Map();
  // Two changes at once, each harmless alone, could close a circle: one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended('managers of ' || ${ctx.organizationId}::text, 0))`.execute(
    ctx.tx,
  );
  const edges = moved.map(({ user, next }) => ({ id: user.id, manager_id: next.manager_id }));
  const { rows } = await sql<{ start: string }>`
    with recursive moved as (
      select id, manager_id from json_to_recordset(${JSON.stringify(edges)}::json) as e(id uuid, manager_id uuid)
    ), above as (
      select id as start, manager_id as reached from moved
      union
      select a.start, case when m.id is null then u.manager_id else m.manager_id end from above a
      join users u on u.organization_id = ${ctx.organizationId} and u.id = a.reached
      left join moved m on m.id = u.id
      where a.reached <> a.start
    )
    select start from above where reached = start`.execute(ctx.tx);
  return new Map(
    rows.map(({ start }) => [
      start,
      fieldFault(
        'managerId',
        'This would make somebody their own manager.',
        'Choose a manager who does not report to this agent.',
      ),
    ]),
  );
}
