import { sql } from 'kysely';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import type { StoredImport } from './load-import.ts';

export async function finishApplication(ctx: Context, found: StoredImport): Promise<void> {
  await sql`
    update imports set state = 'applied', step = null, finished_at = ${ctx.now}, touched_at = ${ctx.now},
      progress_done = progress_total
    where organization_id = ${ctx.organizationId} and id = ${found.id}`.execute(ctx.tx);
  const { rows } = await sql<{ outcome: string; count: number }>`
    select outcome, count(*) from import_outcomes
    where organization_id = ${ctx.organizationId} and import_id = ${found.id} group by outcome`.execute(
    ctx.tx,
  );
  await appendAuditEvents(ctx, [
    {
      action: 'import.finished',
      target: { kind: 'import', id: found.id, name: found.fileName },
      after: Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count])),
    },
  ]);
}

/** Ends an import whose requester may act no more. What it has done stays, and can be undone. */
export async function stopImport(ctx: Context, found: StoredImport): Promise<void> {
  const reason = `${found.requestedByName}, who asked for it, may act no more.`;
  await sql`
    update imports set state = 'stopped', step = null, finished_at = ${ctx.now}, touched_at = ${ctx.now}, stop_reason = ${reason}
    where organization_id = ${ctx.organizationId} and id = ${found.id}`.execute(ctx.tx);
  await appendAuditEvents({ ...ctx, actor: { kind: 'system', name: 'Rollcall', ip: null } }, [
    {
      action: 'operation.stopped',
      target: { kind: 'import', id: found.id, name: found.fileName },
      after: { reason },
    },
  ]);
}
