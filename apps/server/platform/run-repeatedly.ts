import { setTimeout as sleep } from 'node:timers/promises';

export interface Repetition {
  /** Lets the present round finish and starts no other. */
  stop(): Promise<void>;
}

/**
 * Runs `round` again and again: at once while it says that there is more, otherwise after `fastest` milliseconds,
 * and ever later, up to `slowest`, while nothing happens. A round that throws is told to `onError` and waited after.
 */
export function runRepeatedly(
  round: () => Promise<'more' | 'some' | 'none'>,
  options: { fastest: number; slowest: number; onError?: (error: Error) => void },
): Repetition {
  const stopping = new AbortController();
  const loop = async () => {
    let pause = options.fastest;
    while (!stopping.signal.aborted) {
      let found: Awaited<ReturnType<typeof round>> = 'none';
      try {
        found = await round();
      } catch (error) {
        if (!stopping.signal.aborted) options.onError?.(error as Error);
      }
      if (found === 'more') continue;
      pause = found === 'some' ? options.fastest : Math.min(pause * 1.5, options.slowest);
      await sleep(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  };
  const ended = loop();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}
