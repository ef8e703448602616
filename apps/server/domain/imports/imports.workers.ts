import type { Jobs } from '../../db/open-jobs.ts';
import type { Deps } from '../../edge/deps.ts';
import { inContext } from '../../edge/in-context.ts';
import { newId } from '../../platform/ids.ts';
import { runImport } from './advance-import.ts';
import { findHaltedImports } from './find-halted-imports.ts';

interface RunImport {
  organizationId: string;
  importId: string;
}

/** An import whose portion takes longer is not halted, and nothing happens if it is resumed all the same. */
const haltedAfter = 60_000;

/** Runs previews, applications and undoings of imports; goes on at once with those that a dead process has left. */
export async function startImportWorkers(deps: Deps, jobs: Jobs): Promise<undefined> {
  await jobs.work<RunImport>('run-import', (data) => runImportInPortions(deps, data));
  await jobs.work('resume-imports', () => resumeImports(deps, haltedAfter));
  await jobs.schedule('resume-imports', '* * * * *');
  await resumeImports(deps, 0);
}

export function runImportInPortions(deps: Deps, { organizationId, importId }: RunImport): Promise<void> {
  const requestId = newId();
  return runImport(
    (work) =>
      inContext(
        deps,
        { organizationId, requestId, actor: { kind: 'system', name: 'Rollcall', ip: null } },
        work,
      ),
    importId,
  );
}

async function resumeImports(deps: Deps, idleFor: number): Promise<void> {
  const now = deps.clock();
  await deps.db.transaction({ organizationId: null, now }, async (tx) => {
    const halted = await findHaltedImports(tx, new Date(now.getTime() - idleFor));
    await deps.jobs.enqueue(tx, 'run-import', halted);
  });
}
