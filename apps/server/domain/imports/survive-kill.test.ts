import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { type TestOrganization, useHarness } from '../../test/harness.ts';
import { importOf } from '../../test/import-file.ts';

const harness = useHarness();
const script = fileURLToPath(new URL('../../test/work-imports.ts', import.meta.url));
const workers: ChildProcess[] = [];
afterAll(() => {
  for (const worker of workers) worker.kill('SIGKILL');
});

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [script, harness.databaseUrl], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.push(worker);
  return worker;
}

async function killed(worker: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => worker.once('exit', resolve));
  worker.kill('SIGKILL');
  await gone;
}

async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const count = (organization: TestOrganization, table: 'users' | 'invitations') =>
  organization.context(async ({ tx }) => {
    const { found } = await tx
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('found'))
      .executeTakeFirstOrThrow();
    return found;
  });

const countEvents = (organization: TestOrganization, action: string) =>
  organization.context(async ({ tx }) => {
    const events = await tx.selectFrom('audit_events').select('id').where('action', '=', action).execute();
    return events.length;
  });

test('a server that is killed in the middle of an import goes on with it: nothing lost, nothing twice', {
  timeout: 180_000,
}, async () => {
  const organization = await harness.createOrganization();
  const file = importOf(harness, organization.administrator);
  const total = 6_000;
  const rows = Array.from({ length: total }, (_, n) => `First${n},Last${n},person${n}@example.com`);
  await file.upload(`firstName,lastName,email\r\n${rows.join('\r\n')}\r\n`);
  const { digest, counts } = await file.preview();
  expect(counts).toMatchObject({ create: total, refused: 0 });
  const begun = await file.request('POST', '/apply', { digest });
  expect(begun.statusCode).toBe(202);
  const first = startWorker();
  const seen = await until(file.view, ({ progress }) => progress.done > 0);
  await killed(first);
  expect(seen.progress.done).toBeLessThan(total);
  const halted = await file.view();
  expect(halted.state).toBe('applying');
  // What stands is exactly the portions that were committed, and what belongs to them.
  const done = halted.progress.done;
  expect(await count(organization, 'users')).toBe(done + 1);
  expect(halted.applied).toEqual({ done, refused: 0 });
  startWorker();
  startWorker();
  const finished = await until(file.view, ({ state }) => state === 'applied');
  expect(finished).toMatchObject({ applied: { done: total, refused: 0 }, progress: { done: total, total } });
  expect(await count(organization, 'users')).toBe(total + 1);
  expect(await countEvents(organization, 'user.created')).toBe(total);
  expect(await countEvents(organization, 'import.finished')).toBe(1);
  expect(await count(organization, 'invitations')).toBe(total);
});
