import type { CreateGroupInput, GroupView } from '@rollcall/contract/groups';
import { sql } from 'kysely';
import { AppError, invalidField } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { changeMembers } from './change-members.ts';
import { readGroup } from './read-group.ts';
import { warnOfEmptyGroups } from './warn-of-empty-groups.ts';

/** Adds a group with its members in the order given. @throws AppError `duplicate_group_name`, `invalid_input` */
export async function createGroup(ctx: Context, input: CreateGroupInput): Promise<GroupView> {
  requirePermission(ctx, 'groups:manage');
  const id = newId();
  const inserted = await sql`
    insert into groups (organization_id, id, name, ring_strategy, created_at)
    values (${ctx.organizationId}, ${id}, ${input.name}, ${input.ringStrategy}, ${ctx.now})
    on conflict (organization_id, name_key) do nothing returning 1`.execute(ctx.tx);
  if (inserted.rows.length === 0) throw duplicateGroupName(input.name);
  await appendAuditEvents(ctx, [
    {
      action: 'group.created',
      target: { kind: 'group', id, name: input.name },
      after: { name: input.name, ringStrategy: input.ringStrategy },
    },
  ]);
  const members = [...new Set(input.memberIds)];
  const outcomes = await changeMembers(
    ctx,
    members.map((userId) => ({ groupId: id, userId, change: 'add' })),
  );
  const unknown = outcomes.findIndex((outcome) => !outcome.ok);
  if (unknown >= 0)
    throw invalidField(
      `memberIds.${input.memberIds!.indexOf(members[unknown]!)}`,
      'There is no agent with this id.',
      'Choose one from the list.',
    );
  return { ...(await readGroup(ctx, id)), warnings: await warnOfEmptyGroups(ctx, [id]) };
}

export function duplicateGroupName(name: string): AppError {
  return new AppError('duplicate_group_name', {
    detail: `There is a group named “${name}” already. Choose another name.`,
    fields: [{ field: 'name', message: 'The name is taken.', remedy: 'Choose another one.' }],
  });
}
