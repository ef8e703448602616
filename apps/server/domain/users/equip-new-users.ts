import { sql } from 'kysely';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import type { CheckedUser } from './check-new-user.ts';
import type { FoundReferences } from './resolve-references.ts';

/** Gives new users their groups, at the end of each, and their numbers. */
export async function equipNewUsers(
  ctx: Context,
  users: readonly CheckedUser[],
  found: FoundReferences,
): Promise<void> {
  const memberships = users.flatMap(({ id, input }) =>
    [...new Set(input.groupIds)].map((groupId) => ({ group_id: groupId, user_id: id })),
  );
  if (memberships.length > 0) {
    await sql`
      with given as materialized (
        select * from json_to_recordset(${JSON.stringify(memberships)}::json) as g(group_id uuid, user_id uuid)
      ), ends as materialized (
        select d.group_id, coalesce((select max(m.position) from group_members m
          where m.organization_id = ${ctx.organizationId} and m.group_id = d.group_id), 0) as position
        from (select distinct group_id from given) d
      )
      insert into group_members (organization_id, group_id, user_id, position)
      select ${ctx.organizationId}::uuid, g.group_id, g.user_id,
        row_number() over (partition by g.group_id order by g.user_id) + e.position
      from given g join ends e on e.group_id = g.group_id`.execute(ctx.tx);
  }
  await assignNumbers(ctx, users, found);
}

/** Keeps everybody else from giving these numbers away until this transaction ends; to be called before looking. */
export async function holdNumbers(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    select 1 from numbers where organization_id = ${ctx.organizationId} and id = any(${[...ids]}::uuid[])
    order by id for update`.execute(ctx.tx);
}

async function assignNumbers(ctx: Context, users: readonly CheckedUser[], found: FoundReferences) {
  const wishes = users.flatMap((user) =>
    [...new Set(user.input.numberIds)].map((number_id) => ({ number_id, user_id: user.id, user })),
  );
  if (wishes.length === 0) return;
  const rows = wishes.map(({ number_id, user_id }) => ({ number_id, user_id }));
  await sql`
    update numbers n set user_id = w.user_id, version = n.version + 1
    from json_to_recordset(${JSON.stringify(rows)}::json) as w(number_id uuid, user_id uuid)
    where n.organization_id = ${ctx.organizationId} and n.id = w.number_id`.execute(ctx.tx);
  await appendAuditEvents(
    ctx,
    wishes.map(({ number_id, user }) => ({
      action: 'number.assigned',
      target: { kind: 'number', id: number_id, name: found.numbers.get(number_id)!.e164 },
      after: { user: user.name },
    })),
  );
}
