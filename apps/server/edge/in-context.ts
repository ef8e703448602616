import type { Actor, Context } from '../domain/context.ts';
import type { Deps } from './deps.ts';

export interface ContextScope {
  organizationId: string;
  actor: Actor | ((ctx: Omit<Context, 'actor'>) => Promise<Actor>);
  requestId: string;
  reason?: string;
  lockTimeout?: number;
}

/** Opens the transaction of one unit of work (a request, a job, a command) and hands its context to `work`. */
export function inContext<T>(
  deps: Deps,
  scope: ContextScope,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const now = deps.clock();
  const { organizationId, requestId, reason, lockTimeout } = scope;
  return deps.db.transaction(
    { organizationId, now, ...(lockTimeout === undefined ? {} : { lockTimeout }) },
    async (tx) => {
      const base = {
        tx,
        organizationId,
        now,
        requestId,
        ...(reason === undefined ? {} : { reason }),
        installation: deps.installation,
        enqueue: (...[queue, jobs, options]: Parameters<Context['enqueue']>) =>
          deps.jobs.enqueue(tx, queue, jobs, options),
      };
      const actor = typeof scope.actor === 'function' ? await scope.actor(base) : scope.actor;
      return work({ ...base, actor });
    },
  );
}
