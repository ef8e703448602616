import { setTimeout as wait } from 'node:timers/promises';

/**
 * Settles as `work` does, but no sooner than after `milliseconds` of real time: where an answer must not tell by its
 * time what was found, the least is chosen above what the longest ordinary way takes.
 */
export async function answerEvenly<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), wait(milliseconds)]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

/** As {@link answerEvenly}, but a success is answered at once. */
export async function refuseEvenly<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } catch (error) {
    await wait(Math.max(0, started + milliseconds - performance.now()));
    throw error;
  }
}
