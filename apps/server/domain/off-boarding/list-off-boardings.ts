import type { ListOffBoardingsQuery, OffBoardingRow } from '@rollcall/contract/off-boarding';
import { sql } from 'kysely';
import { pageOfRows, readCursor } from '../../platform/paging.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';

type Row = Omit<OffBoardingRow, 'milliseconds' | 'signalReceived' | 'accessEnded' | 'reactivatedAt'> & {
  signalReceived: Date;
  accessEnded: Date;
  reactivatedAt: Date | null;
};

/** A page of the register of leavers, newest first: those of a period by the day in the organization's time zone. */
export async function listOffBoardings(
  ctx: Context,
  query: ListOffBoardingsQuery,
): Promise<{ items: OffBoardingRow[]; nextCursor: string | null }> {
  requirePermission(ctx, 'audit:read');
  const after = readCursor(query.cursor, ['instant', 'uuid']);
  const { rows } = await sql<Row>`
    with register as (
      select o.id, o.user_id as "userId", o.user_name as name, o.sign_in_name as "signInName", o.department,
        o.leaving_date as "leavingDate", o.signal_received_at as "signalReceived", o.access_ended_at as "accessEnded",
        o.by_kind as "byKind", o.by_name as "byName", o.reason,
        (select count(*) from off_boarding_tasks t where t.organization_id = o.organization_id
          and t.off_boarding_id = o.id and t.done_at is null) as "openTasks",
        r.reactivated_at as "reactivatedAt"
      from off_boardings o
      join organizations org on org.id = o.organization_id
      left join reactivations r on r.organization_id = o.organization_id and r.off_boarding_id = o.id
      where o.organization_id = ${ctx.organizationId}
        and (${query.from ?? null}::date is null or o.signal_received_at >= (${query.from ?? null}::date)::timestamp at time zone org.time_zone)
        and (${query.to ?? null}::date is null or o.signal_received_at < (${query.to ?? null}::date + 1)::timestamp at time zone org.time_zone)
        and (${query.userId ?? null}::uuid is null or o.user_id = ${query.userId ?? null}::uuid)
        and (${query.search ?? null}::text is null or position(fold(${query.search ?? null}::text) in o.search_text) > 0)
        and (${after?.[0] ?? null}::timestamptz is null
          or (o.signal_received_at, o.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    )
    select * from register
    where ${query.tasks ?? null}::text is null or ("openTasks" > 0) = (${query.tasks ?? null}::text = 'open')
    order by "signalReceived" desc, id desc limit ${query.limit + 1}`.execute(ctx.tx);
  const page = pageOfRows(rows, query.limit, (row) => [row.signalReceived.toISOString(), row.id]);
  return {
    ...page,
    items: page.items.map((row) => ({
      ...row,
      milliseconds: row.accessEnded.getTime() - row.signalReceived.getTime(),
      signalReceived: row.signalReceived.toISOString(),
      accessEnded: row.accessEnded.toISOString(),
      reactivatedAt: row.reactivatedAt?.toISOString() ?? null,
    })),
  };
}
