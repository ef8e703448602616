import { expect, test } from 'vitest';
import { useHarness } from '../../test/harness.ts';
import { listenForEndings } from './listen-for-endings.ts';

const harness = useHarness();

test('tells when nothing can be heard any more, and when it can be again', async () => {
  let reachable = true;
  const heard: string[] = [];
  let told = () => {};
  const next = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });
  const note = (what: string) => {
    heard.push(what);
    told();
  };
  const listener = listenForEndings(
    { connect: () => (reachable ? harness.deps.db.connect() : Promise.reject(new Error('No route'))) },
    { onEnded: () => note('ended'), onListening: () => note('listening'), onDeaf: () => note('deaf') },
    { deafAfter: 300 },
  );
  await listener.ready();
  reachable = false;
  const deaf = next();
  await harness.deps.db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
       and (query ilike 'listen%' or query = 'select')`,
  );
  await deaf;
  await expect(listener.ready()).rejects.toThrow('does not tell');
  reachable = true;
  await listener.ready();
  expect(heard).toEqual(['listening', 'deaf', 'listening']);
  await listener.stop();
});
