import type { GroupView } from '@rollcall/contract/groups';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import { selectGroups } from './select-groups.ts';

/** One group with its numbers. @throws AppError `not_found` */
export async function readGroup(ctx: Context, id: string): Promise<GroupView> {
  requirePermission(ctx, 'groups:read');
  const [group] = await selectGroups(
    ctx,
    sql`select * from groups where organization_id = ${ctx.organizationId} and id = ${id}`,
  );
  if (!group) throw noSuchGroup();
  const { rows: numbers } = await sql<GroupView['numbers'][number]>`
    select id, e164, label from numbers where organization_id = ${ctx.organizationId} and group_id = ${id}
    order by e164`.execute(ctx.tx);
  return { ...group, numbers };
}

export function noSuchGroup(): AppError {
  return new AppError('not_found', { detail: 'There is no group with this id.' });
}
