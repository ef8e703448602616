import type { OffBoardingPreview } from '@rollcall/contract/off-boarding';
import { roleReference } from '@rollcall/contract/users';
import { findGroupsByName } from '../domain/groups/find-groups-by-name.ts';
import { deactivateUsers } from '../domain/off-boarding/deactivate-users.ts';
import { previewOffBoarding } from '../domain/off-boarding/preview-off-boarding.ts';
import { reactivateUsers } from '../domain/off-boarding/reactivate-users.ts';
import type { Outcome } from '../domain/outcome.ts';
import { findUsersByName } from '../domain/users/find-users-by-name.ts';
import { exitCodes } from './exit-codes.ts';
import { parseInput } from './parse-input.ts';
import type { Session } from './run-command.ts';

export interface DeactivateOptions {
  reason?: string;
  successor?: string;
  dryRun?: boolean;
}

export interface ReactivateOptions {
  role: string;
  group?: string[];
  reason?: string;
}

export async function deactivate(session: Session, options: DeactivateOptions, given: string[]) {
  const who = [...new Set(given)];
  const { reason, successor } = options;
  const optionsOf = (successorIds: string[]) => ({ reason, successorId: successorIds[0] ?? null });
  if (options.dryRun) {
    const preview = await session.preview(async (ctx) => {
      const ids = await findUsersByName(ctx, who);
      return previewOffBoarding(
        ctx,
        ids,
        optionsOf(await findUsersByName(ctx, successor ? [successor] : [])),
      );
    });
    session.out.result({ preview }, describePreview(preview));
    return preview.users.some(({ refusal }) => refusal) ? exitCodes.refused : exitCodes.done;
  }
  const outcomes = await session.inOrganization(async (ctx) => {
    const ids = await findUsersByName(ctx, who);
    return deactivateUsers(ctx, ids, optionsOf(await findUsersByName(ctx, successor ? [successor] : [])));
  });
  return report(session, who, outcomes, 'deactivated', ({ userId, offBoardingId }) => ({
    userId,
    offBoardingId,
  }));
}

export async function reactivate(session: Session, options: ReactivateOptions, given: string[]) {
  const who = [...new Set(given)];
  const role = parseInput(roleReference, options.role, 'role');
  const outcomes = await session.inOrganization(async (ctx) => {
    const groupIds = options.group ? await findGroupsByName(ctx, options.group) : undefined;
    const ids = await findUsersByName(ctx, who);
    return reactivateUsers(
      ctx,
      ids.map((userId) => ({ userId, role, groupIds })),
      { reason: options.reason },
    );
  });
  return report(session, who, outcomes, 'reactivated', ({ id, status, warnings }) => ({
    userId: id,
    status,
    warnings,
  }));
}

/** One line a person; refused ones go to stderr and into the exit code. */
function report<T>(
  { out }: Session,
  who: readonly string[],
  outcomes: readonly Outcome<T>[],
  done: string,
  describe: (outcome: { ok: true } & T) => object,
) {
  const results = outcomes.map((outcome, index) =>
    outcome.ok
      ? { who: who[index]!, ok: true, ...describe(outcome) }
      : { who: who[index]!, ok: false, error: { code: outcome.error.code, detail: outcome.error.message } },
  );
  const lines = outcomes.flatMap((outcome, index) => (outcome.ok ? [`${who[index]} ${done}`] : []));
  out.result({ results }, lines.join('\n'));
  for (const [index, outcome] of outcomes.entries())
    if (!outcome.ok && !out.json) out.note(`${who[index]}: ${outcome.error.message}`);
  return outcomes.every(({ ok }) => ok) ? exitCodes.done : exitCodes.refused;
}

function describePreview(preview: OffBoardingPreview): string {
  const lines = [
    ...preview.users.map(({ name, refusal }) =>
      refusal ? `refused: ${name}: ${refusal.detail}` : `deactivate: ${name}`,
    ),
    `ends: ${preview.sessions.length} sessions, ${preview.apiKeys.length} API keys, ${preview.openInvitations} open invitations`,
    ...preview.groups
      .filter(({ leftWithoutAvailableMember }) => leftWithoutAvailableMember)
      .map(({ name }) => `left without an available member: ${name}`),
    ...preview.numbers.map(({ e164, becomes }) => `number ${e164}: ${becomes.replace('_', ' ')}`),
    ...preview.kept.map(({ text }) => `kept: ${text}`),
    ...preview.manualCleanUp.map(({ text }) => `to do by hand: ${text}`),
  ];
  return lines.join('\n');
}
