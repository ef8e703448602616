import { sql } from 'kysely';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { reactivateUsers } from '../off-boarding/reactivate-users.ts';
import type { Outcome } from '../outcome.ts';
import { updateUsers } from '../users/update-users.ts';
import { setFields } from './apply-plans.ts';
import type { StoredImport } from './load-import.ts';
import { type PresentUser, readPresentUsers } from './match-users.ts';
import { moveOn, portionSize } from './move-import.ts';
import type { Effects } from './plan-changes.ts';
import { restoreFields } from './restore-fields.ts';
import { settleRows } from './settle-rows.ts';
import { withdrawUsers } from './withdraw-users.ts';

interface DoneRow {
  position: number;
  kind: 'create' | 'change' | 'deactivate';
  userId: string;
  effects: Effects | null;
  /** The manager who was given after all others had come. */
  linked: Effects | null;
}

interface Undone {
  position: number;
  outcome: 'undone' | 'left';
  undo_note?: string;
}

/** Takes back the next rows, the last of the file first; after all of them, nobody has a manager who is withdrawn. */
export async function undoPortion(ctx: Context, found: StoredImport): Promise<void> {
  const { rows } = await sql<DoneRow>`
    select o.position, p.kind, o.user_id as "userId", p.effects, o.linked from import_outcomes o
    join import_plans p on p.organization_id = o.organization_id and p.import_id = o.import_id and p.position = o.position
    where o.organization_id = ${ctx.organizationId} and o.import_id = ${found.id} and o.outcome = 'done'
    order by o.position desc limit ${portionSize}`.execute(ctx.tx);
  if (rows.length === 0) return finishUndo(ctx, found);
  const present = new Map(
    (await readPresentUsers(ctx, { ids: rows.map(({ userId }) => userId) })).map((user) => [user.id, user]),
  );
  const of = (kind: DoneRow['kind']) => rows.filter((row) => row.kind === kind);
  const undone = [
    ...(await withdraw(ctx, of('create'))),
    ...(await restore(ctx, of('change'), present)),
    ...(await reactivate(ctx, of('deactivate'), present)),
  ];
  await sql`
    update import_outcomes o set outcome = n.outcome, undo_note = n.undo_note
    from json_to_recordset(${JSON.stringify(undone)}::json) as n(position integer, outcome text, undo_note text)
    where o.organization_id = ${ctx.organizationId} and o.import_id = ${found.id} and o.position = n.position`.execute(
    ctx.tx,
  );
  await moveOn(ctx, found, 0, rows.length);
}

const noteOf = ({ position }: DoneRow, outcome: Outcome, note?: string): Undone =>
  outcome.ok
    ? { position, outcome: 'undone', ...(note ? { undo_note: note } : {}) }
    : { position, outcome: 'left', undo_note: outcome.error.detail ?? outcome.error.message };

async function withdraw(ctx: Context, rows: readonly DoneRow[]): Promise<Undone[]> {
  const outcomes = await withdrawUsers(
    ctx,
    rows.map(({ userId }) => userId),
  );
  return rows.map((row, index) => noteOf(row, outcomes[index]!));
}

async function restore(ctx: Context, rows: readonly DoneRow[], present: ReadonlyMap<string, PresentUser>) {
  const planned = rows.map((row) => ({
    row,
    ...restoreFields(present.get(row.userId), [row.effects, row.linked]),
  }));
  const restorable = planned.filter(({ setting }) => setting !== null);
  const outcomes = await settleRows(ctx, restorable, (some) =>
    setFields(
      ctx,
      some.map(({ setting }) => setting!),
    ),
  );
  return planned.map(({ row, setting, note }, index): Undone => {
    if (setting === null)
      return {
        position: row.position,
        outcome: note ? 'left' : 'undone',
        ...(note ? { undo_note: note } : {}),
      };
    return noteOf(row, outcomes[restorable.indexOf(planned[index]!)]!, note);
  });
}

/** Back come those whose role may come back by itself: an administrator's never does. */
async function reactivate(ctx: Context, rows: readonly DoneRow[], present: ReadonlyMap<string, PresentUser>) {
  const returning: DoneRow[] = [];
  const left: Undone[] = [];
  for (const row of rows) {
    const user = present.get(row.userId);
    const [role] = user?.roles ?? [];
    let note: string | undefined;
    if (user?.status !== 'inactive') note = 'Reactivated by somebody since.';
    else if (!role || user.roles.length > 1 || role.key === 'administrator')
      note =
        'Reactivate this agent on their profile: an administrator’s role is never given back without being chosen.';
    if (note) left.push({ position: row.position, outcome: 'left', undo_note: note });
    else returning.push(row);
  }
  const outcomes = await settleRows(ctx, returning, (some) =>
    reactivateUsers(
      ctx,
      some.map(({ userId }) => ({ userId, role: present.get(userId)!.roles[0]!.id })),
    ),
  );
  return [...left, ...returning.map((row, index) => noteOf(row, outcomes[index]!))];
}

async function finishUndo(ctx: Context, found: StoredImport): Promise<void> {
  const orphans = await sql<{ id: string }>`
    select distinct u.id from import_outcomes o
    join users m on m.organization_id = o.organization_id and m.id = o.user_id and m.withdrawn_at is not null
    join users u on u.organization_id = m.organization_id and u.manager_id = m.id and u.withdrawn_at is null
    where o.organization_id = ${ctx.organizationId} and o.import_id = ${found.id} and o.outcome = 'undone'`.execute(
    ctx.tx,
  );
  await updateUsers(
    ctx,
    orphans.rows.map(({ id }) => ({ userId: id, changes: { managerId: null } })),
  );
  await sql`
    update imports set state = 'undone', step = null, touched_at = ${ctx.now}, progress_done = progress_total
    where organization_id = ${ctx.organizationId} and id = ${found.id}`.execute(ctx.tx);
  const { rows } = await sql<{ outcome: string; count: number }>`
    select outcome, count(*) from import_outcomes
    where organization_id = ${ctx.organizationId} and import_id = ${found.id} group by outcome`.execute(
    ctx.tx,
  );
  await appendAuditEvents(ctx, [
    {
      action: 'import.undone',
      target: { kind: 'import', id: found.id, name: found.fileName },
      after: Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count])),
    },
  ]);
}
