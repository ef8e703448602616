import type { Warning } from '@rollcall/contract/users';
import { sql } from 'kysely';
import type { Context } from '../context.ts';

/**
 * Which of these groups have nobody left who can be called (no active member). Call it after a change that took
 * somebody away.
 */
export async function warnOfEmptyGroups(ctx: Context, groupIds: Iterable<string>): Promise<Warning[]> {
  const groups = [...new Set(groupIds)];
  if (groups.length === 0) return [];
  const { rows } = await sql<{ name: string }>`
    select g.name from groups g
    where g.organization_id = ${ctx.organizationId} and g.id = any(${groups}::uuid[]) and not exists (
      select from group_members m join users u on u.organization_id = m.organization_id and u.id = m.user_id
      where m.organization_id = g.organization_id and m.group_id = g.id and u.status = 'active')
    order by g.name_key`.execute(ctx.tx);
  return rows.map(({ name }) => ({
    code: 'group_without_available_member',
    field: null,
    message: `${name} has no available member: nobody answers its calls. Add an active agent.`,
  }));
}
