import type { Jobs } from '../../db/open-jobs.ts';
import type { Deps } from '../../edge/deps.ts';
import { inContext } from '../../edge/in-context.ts';
import { newId } from '../../platform/ids.ts';
import type { Context } from '../context.ts';
import { endAfterLastDay, findDueOrganizations, startScheduled } from './tend-calendar.ts';

/** Start dates and last days act by themselves, within five minutes of midnight where the organization is. */
export async function startCalendarWorkers(deps: Deps, jobs: Jobs): Promise<undefined> {
  await jobs.work<{ organizationId?: string }>('tend-calendar', ({ organizationId }) =>
    tendCalendars(deps, organizationId),
  );
  await jobs.schedule('tend-calendar', '*/5 * * * *');
}

/** Each organization in transactions of its own: what fails in one holds up no other. */
export async function tendCalendars(deps: Deps, organizationId?: string): Promise<void> {
  const due = organizationId
    ? [organizationId]
    : await deps.db.ownerTransaction((tx) => findDueOrganizations(tx, deps.clock()));
  const failures: unknown[] = [];
  for (const id of due) {
    try {
      await repeat(deps, id, startScheduled);
      await repeat(deps, id, endAfterLastDay);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some calendars could not be tended');
}

async function repeat(deps: Deps, organizationId: string, work: (ctx: Context) => Promise<boolean>) {
  const scope = {
    organizationId,
    actor: { kind: 'system', name: 'Calendar', ip: null } as const,
    requestId: newId(),
  };
  while (await inContext(deps, scope, work));
}
