import type { GroupView, RingStrategy, UpdateGroupInput } from '@rollcall/contract/groups';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { duplicateGroupName } from './create-group.ts';
import { noSuchGroup, readGroup } from './read-group.ts';

export interface LockedGroup {
  id: string;
  name: string;
  ringStrategy: RingStrategy;
  version: number;
}

/**
 * Locks a group for a change that starts from `version` (null: from whatever stands there).
 * @throws AppError `not_found`; `precondition_failed` with the present group in `context.current`
 */
export async function lockGroup(ctx: Context, id: string, version: number | null): Promise<LockedGroup> {
  const { rows } = await sql<LockedGroup>`
    select id, name, ring_strategy as "ringStrategy", version from groups
    where organization_id = ${ctx.organizationId} and id = ${id} for update`.execute(ctx.tx);
  const group = rows[0];
  if (!group) throw noSuchGroup();
  if (version === null || version === group.version) return group;
  throw new AppError('precondition_failed', {
    detail: `${group.name} has been changed since you read it. Look at it again and repeat your change.`,
    context: { current: await readGroup(ctx, id) },
  });
}

/** Changes a group's name or ring strategy. @throws AppError `duplicate_group_name`, and as {@link lockGroup} */
export async function updateGroup(
  ctx: Context,
  id: string,
  input: UpdateGroupInput,
  version: number | null,
): Promise<GroupView> {
  requirePermission(ctx, 'groups:manage');
  const before = await lockGroup(ctx, id, version);
  const after = { name: input.name ?? before.name, ringStrategy: input.ringStrategy ?? before.ringStrategy };
  if (after.name === before.name && after.ringStrategy === before.ringStrategy) return readGroup(ctx, id);
  try {
    await sql`
      update groups set name = ${after.name}, ring_strategy = ${after.ringStrategy}, version = version + 1
      where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'groups_name') throw duplicateGroupName(after.name);
    throw error;
  }
  await appendAuditEvents(ctx, [
    {
      action: 'group.updated',
      target: { kind: 'group', id, name: after.name },
      before: { name: before.name, ringStrategy: before.ringStrategy },
      after,
    },
  ]);
  return readGroup(ctx, id);
}
