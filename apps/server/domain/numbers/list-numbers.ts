import type { ListNumbersQuery, NumberView } from '@rollcall/contract/numbers';
import { sql } from 'kysely';
import { pageOfRows, readCursor } from '../../platform/paging.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { isUsableBy } from './require-usable-number.ts';
import { selectNumbers } from './select-numbers.ts';

/** A page of the numbers in their order. */
export async function listNumbers(
  ctx: Context,
  query: ListNumbersQuery,
): Promise<{ items: NumberView[]; nextCursor: string | null }> {
  requirePermission(ctx, 'numbers:read');
  const [e164] = readCursor(query.cursor, ['text']) ?? [];
  const text = query.search?.trim() || null;
  // People type numbers with spaces and hyphens, and with 0 or 00 in front.
  const digits = text?.replace(/\D/g, '').replace(/^0+/, '') || null;
  const conditions = [
    sql<boolean>`n.organization_id = ${ctx.organizationId}`,
    ...(text
      ? [
          sql<boolean>`(position(fold(${text}::text) in fold(n.label)) > 0
            or ${digits}::text is not null and position(${digits}::text in n.e164) > 0)`,
        ]
      : []),
    ...(query.state === 'free' ? [sql<boolean>`n.user_id is null and n.group_id is null`] : []),
    ...(query.state === 'assigned' ? [sql<boolean>`(n.user_id is not null or n.group_id is not null)`] : []),
    ...(query.userId ? [sql<boolean>`n.user_id = ${query.userId}`] : []),
    ...(query.groupId ? [sql<boolean>`n.group_id = ${query.groupId}`] : []),
    ...(query.usableBy ? [isUsableBy(query.usableBy)] : []),
    ...(e164 === undefined ? [] : [sql<boolean>`n.e164 > ${e164}`]),
  ];
  const rows = await selectNumbers(
    ctx,
    sql`select n.* from numbers n where ${sql.join(conditions, sql` and `)} order by n.e164 limit ${query.limit + 1}`,
  );
  return pageOfRows(rows, query.limit, (row) => [row.e164]);
}
