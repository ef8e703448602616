import type { CreateOperationInput, OperationPreview } from '@rollcall/contract/operations';
import type { UserStatus } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { digestOf } from '../../platform/digest.ts';
import type { Context } from '../context.ts';
import { warnOfEmptyGroups } from '../groups/warn-of-empty-groups.ts';
import { applyBulkAction, type RowResult } from './apply-bulk-action.ts';
import { checkOperation } from './check-operation.ts';
import { chunksOf } from './run-operation.ts';
import { selectUsers } from './select-users.ts';

const mostRows = 500;

/** What a bulk action does to whom. Call in a transaction that is rolled back: this does it. */
export async function previewOperation(
  ctx: Context,
  input: CreateOperationInput,
): Promise<{ preview: OperationPreview; userIds: string[] }> {
  const userIds = await selectUsers(ctx, input.selection);
  const names = await readNames(ctx, userIds);
  // A preview comes before the reason is typed.
  const doing = { ...ctx, reason: input.reason ?? ctx.reason ?? 'Preview' };
  await checkOperation(doing, input, userIds);
  const results: RowResult[] = [];
  for (const chunk of chunksOf(userIds)) results.push(...(await applyBulkAction(doing, input, chunk)));
  const count = (outcome: RowResult['outcome']) => results.filter((row) => row.outcome === outcome).length;
  const rows = results.map(({ userId, outcome, error }, position) => ({
    position,
    userId,
    ...names.get(userId)!,
    outcome,
    error,
  }));
  const failedFirst = [
    ...rows.filter((row) => row.outcome === 'failed'),
    ...rows.filter((row) => row.outcome !== 'failed'),
  ];
  return {
    userIds,
    preview: {
      kind: input.kind,
      total: rows.length,
      changed: count('changed'),
      unchanged: count('unchanged'),
      failed: count('failed'),
      rows: failedFirst.slice(0, mostRows),
      warnings: await warnOfAffectedGroups(ctx, input, results),
      digest: digestOf([
        input.kind,
        input.parameters,
        results.map(({ userId, outcome, error }) => [userId, outcome, error?.code]),
      ]),
    },
  };
}

async function readNames(ctx: Context, userIds: readonly string[]) {
  const { rows } = await sql<{ id: string; name: string; signInName: string; status: UserStatus }>`
    select id, btrim(first_name || ' ' || last_name) as name, sign_in_name as "signInName", status from users
    where organization_id = ${ctx.organizationId} and id = any(${[...userIds]}::uuid[])`.execute(ctx.tx);
  return new Map(rows.map(({ id, ...user }) => [id, user]));
}

async function warnOfAffectedGroups(
  ctx: Context,
  input: CreateOperationInput,
  results: readonly RowResult[],
): Promise<OperationPreview['warnings']> {
  const changed = results.filter((row) => row.outcome === 'changed').map((row) => row.userId);
  if (changed.length === 0) return [];
  if (input.kind === 'remove_from_group') return warnOfEmptyGroups(ctx, [input.parameters.groupId]);
  if (input.kind !== 'deactivate') return [];
  const { rows } = await sql<{ group_id: string }>`
    select distinct group_id from group_members
    where organization_id = ${ctx.organizationId} and user_id = any(${changed}::uuid[])`.execute(ctx.tx);
  return warnOfEmptyGroups(
    ctx,
    rows.map((row) => row.group_id),
  );
}
