import { normaliseSignInName } from '@rollcall/contract/person-fields';
import type { UpdateUserInput, Warning } from '@rollcall/contract/users';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { type CheckedChange, checkUserChange } from './check-user-change.ts';
import { clashOf, explainClashes } from './explain-clashes.ts';
import { findManagerCycles } from './find-manager-cycles.ts';
import { followChanges } from './follow-changes.ts';
import { lockUsers } from './lock-users.ts';
import { noSuchUser } from './read-user.ts';
import { resolveReferences } from './resolve-references.ts';
import { saveUsers, takeExtensions } from './save-users.ts';

export interface UserChange {
  userId: string;
  /** What is left out stays; null empties a field. */
  changes: UpdateUserInput;
  /** The version that the change starts from; without one, whatever stands there. */
  ifVersion?: number | null;
}

export type UpdateOutcome = Outcome<{
  userId: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  warnings: Warning[];
}>;

/**
 * Changes users, as many as are given and each at most once in a set, field by field. What equals what stands there is
 * no change, writes nothing and makes no new version.
 * @returns one outcome a change, in their order, with only the fields that did change
 * @throws AppError `forbidden` without `users:update`
 */
export async function updateUsers(ctx: Context, changes: readonly UserChange[]): Promise<UpdateOutcome[]> {
  requirePermission(ctx, 'users:update');
  const stored = await lockUsers(
    ctx,
    changes.map(({ userId }) => userId),
  );
  const inputs = changes.map(({ changes: input }) => input);
  const found = await resolveReferences(ctx, {
    userIds: inputs.flatMap(({ managerId }) => managerId ?? []),
    numberIds: inputs.flatMap(({ defaultNumberId }) => defaultNumberId ?? []),
    emailKeys: inputs.flatMap(({ email }) => (email ? normaliseSignInName(email) : [])),
  });
  const checked = changes.map(({ userId, changes: input, ifVersion }) => {
    const user = stored.get(userId);
    if (!user) return noSuchUser();
    if (ifVersion != null && ifVersion !== user.version) return changedMeanwhile();
    return checkUserChange(ctx, user, input, found);
  });
  const refused = new Map<string, AppError>();
  const changing = () =>
    checked.filter(
      (change): change is CheckedChange =>
        !(change instanceof AppError) && Object.keys(change.after).length > 0 && !refused.has(change.user.id),
    );
  for (const [id, error] of await findManagerCycles(ctx, changing())) refused.set(id, error);
  await takeExtensions(ctx, changing());
  for (const [id, error] of await explainClashes(ctx, changing().map(claimOf)))
    if (error) refused.set(id, error);
  const applied = changing();
  await saveUsers(ctx, applied).catch((error) => {
    throw clashOf(error, applied.map(claimOf)) ?? error;
  });
  await followChanges(ctx, applied);
  await appendAuditEvents(
    ctx,
    applied.map(({ user, name, before, after }) => ({
      action: 'user.updated',
      target: { kind: 'user', id: user.id, name },
      before,
      after,
    })),
  );
  return checked.map((change): UpdateOutcome => {
    if (change instanceof AppError) return { ok: false, error: change };
    const error = refused.get(change.user.id);
    if (error) return { ok: false, error };
    const { user, before, after, warnings } = change;
    return { ok: true, userId: user.id, before, after, warnings };
  });
}

const claimOf = ({ user, next }: CheckedChange) => ({
  id: user.id,
  signInKey: next.sign_in_key,
  signInName: next.sign_in_name,
  extension: next.extension,
});

function changedMeanwhile(): AppError {
  return new AppError('precondition_failed', {
    detail:
      'Somebody else has changed this agent since you read it. Look at it again, then repeat your change.',
  });
}
