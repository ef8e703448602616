import type {
  BulkActionKind,
  CreateOperationInput,
  OperationRow,
  RowOutcome,
} from '@rollcall/contract/operations';
import type { Permission } from '@rollcall/contract/permissions';
import type { AppError } from '../../platform/errors.ts';
import type { Context } from '../context.ts';
import { changeMembers } from '../groups/change-members.ts';
import { resendInvitations } from '../invitations/resend-invitations.ts';
import { deactivateUsers } from '../off-boarding/deactivate-users.ts';
import { reactivateUsers } from '../off-boarding/reactivate-users.ts';
import type { Outcome } from '../outcome.ts';
import { changeRoles } from '../users/change-roles.ts';

/** What is to be done to each user, with its parameters. */
export type BulkAction = {
  [Kind in BulkActionKind]: Pick<Extract<CreateOperationInput, { kind: Kind }>, 'kind' | 'parameters'>;
}[BulkActionKind];

/** What became of one user. */
export interface RowResult {
  userId: string;
  outcome: Exclude<RowOutcome, 'pending' | 'skipped'>;
  error: OperationRow['error'];
}

/** What somebody must be allowed to ask for such an action at all. */
export const permissionsOf: Record<BulkActionKind, readonly Permission[]> = {
  add_to_group: ['groups:manage'],
  remove_from_group: ['groups:manage'],
  resend_invitation: ['invitations:manage'],
  deactivate: ['users:deactivate'],
  reactivate: ['users:deactivate', 'roles:assign'],
  change_role: ['roles:assign'],
};

/** Kinds for which an organization may require a reason. */
export const reasonKinds: readonly BulkActionKind[] = ['deactivate', 'reactivate', 'change_role'];

/** Does the action to these users by the very function that does it to one. */
export async function applyBulkAction(
  ctx: Context,
  action: BulkAction,
  userIds: readonly string[],
): Promise<RowResult[]> {
  const outcomes = await apply(ctx, action, userIds);
  return userIds.map((userId, index) => {
    const outcome = outcomes[index]!;
    if (!outcome.ok) return resultOf(userId, action.kind, outcome.error);
    return { userId, outcome: (outcome.changed ?? true) ? 'changed' : 'unchanged', error: null };
  });
}

type AnyOutcome = Outcome<{ changed?: boolean }>;

function apply(ctx: Context, action: BulkAction, userIds: readonly string[]): Promise<AnyOutcome[]> {
  const { kind, parameters } = action;
  switch (kind) {
    case 'add_to_group':
    case 'remove_from_group': {
      const change = kind === 'add_to_group' ? 'add' : 'remove';
      return changeMembers(
        ctx,
        userIds.map((userId) => ({ groupId: parameters.groupId, userId, change })),
      );
    }
    case 'resend_invitation':
      return resendInvitations(ctx, userIds);
    case 'deactivate':
      return deactivateUsers(ctx, userIds, { successorId: parameters.successorId });
    case 'reactivate':
      return reactivateUsers(
        ctx,
        userIds.map((userId) => ({ userId, role: parameters.role, groupIds: parameters.groupIds })),
      );
    case 'change_role':
      return changeRoles(
        ctx,
        userIds.map((userId) => ({ userId, role: parameters.role })),
      );
  }
}

/** Whoever is already as wanted is no failure of a bulk action. */
function resultOf(userId: string, kind: BulkActionKind, error: AppError): RowResult {
  const alreadySo = error.code === 'wrong_status' && (kind === 'deactivate' || kind === 'reactivate');
  if (alreadySo) return { userId, outcome: 'unchanged', error: null };
  return {
    userId,
    outcome: 'failed',
    error: { code: error.code, detail: error.message, fields: error.fields },
  };
}
