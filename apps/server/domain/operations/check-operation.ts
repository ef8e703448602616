import type { CreateOperationInput } from '@rollcall/contract/operations';
import { invalidField } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { requireReason } from '../access/require-reason.ts';
import type { Context } from '../context.ts';
import { resolveReferences } from '../users/resolve-references.ts';
import { permissionsOf, reasonKinds } from './apply-bulk-action.ts';

/**
 * Refuses a bulk action of which no row could go well, before it is queued.
 * @returns the reason to be noted
 * @throws AppError `forbidden`, `reason_required`, `invalid_input` (role, group or successor)
 */
export async function checkOperation(
  ctx: Context,
  input: CreateOperationInput,
  userIds: readonly string[],
): Promise<string | null> {
  for (const permission of permissionsOf[input.kind]) requirePermission(ctx, permission);
  const { role, groupId, groupIds, successorId } = input.parameters as {
    role?: string;
    groupId?: string;
    groupIds?: string[];
    successorId?: string | null;
  };
  const found = await resolveReferences(ctx, {
    ...(role === undefined ? {} : { roles: [role] }),
    groupIds: [...(groupId === undefined ? [] : [groupId]), ...(groupIds ?? [])],
    userIds: successorId ? [successorId] : [],
  });
  if (role !== undefined && !found.role(role)) throw unknown('role', 'role');
  if (groupId !== undefined && !found.groups.has(groupId)) throw unknown('groupId', 'group');
  const stranger = groupIds?.findIndex((id) => !found.groups.has(id)) ?? -1;
  if (stranger >= 0) throw unknown(`groupIds.${stranger}`, 'group');
  if (successorId && !found.users.has(successorId)) throw unknown('successorId', 'agent');
  if (successorId && userIds.includes(successorId)) {
    throw invalidField(
      'parameters.successorId',
      'The successor is among those who are to be deactivated.',
      'Choose somebody who stays.',
    );
  }
  const given = input.reason ?? ctx.reason ?? null;
  return reasonKinds.includes(input.kind) ? requireReason(ctx, given) : given;
}

function unknown(field: string, what: string) {
  return invalidField(
    `parameters.${field}`,
    `There is no such ${what} in this organization.`,
    'Choose one from the list.',
  );
}
