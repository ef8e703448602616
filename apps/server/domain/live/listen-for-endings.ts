import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Database } from '../../db/open-database.ts';
import { type EndedAccessNotice, endedAccessChannel } from '../sessions/announce-ended-access.ts';

export interface EndingsHandler {
  onEnded(notice: EndedAccessNotice): void;
  /** Listening began, or began anew: what ended while nobody listened must be found by reading. */
  onListening(): void;
  /** Nothing has been heard for as long as an ended access may stay open. */
  onDeaf(): void;
}

export interface EndingsListener {
  /** Resolves once it listens; rejects if it does not within `deafAfter`. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Hears, on a connection of its own, whose access ends. NOTIFY is lossy: a connection that breaks is replaced, one
 * that does not answer counts as broken, and after `deafAfter` milliseconds without one the streams must close.
 */
export function listenForEndings(
  db: Pick<Database, 'connect'>,
  handler: EndingsHandler,
  { deafAfter = 5_000 }: { deafAfter?: number } = {},
): EndingsListener {
  const stopping = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
  let listening = false;
  let waiters: (() => void)[] = [];
  let deaf: NodeJS.Timeout | undefined;
  const expectDeafness = () => {
    deaf ??= setTimeout(() => handler.onDeaf(), deafAfter);
  };

  async function listenUntilBroken(): Promise<void> {
    const client = await db.connect();
    const broken = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      stopping.signal.addEventListener('abort', () => resolve());
    });
    client.on('notification', ({ payload }) => handler.onEnded(JSON.parse(payload!) as EndedAccessNotice));
    try {
      await client.query(`listen ${endedAccessChannel}`);
      clearTimeout(deaf);
      deaf = undefined;
      listening = true;
      for (const resolve of waiters.splice(0)) resolve();
      handler.onListening();
      await Promise.race([broken, silence(client)]);
    } finally {
      listening = false;
      if (!stopping.signal.aborted) expectDeafness();
      end(client);
    }
  }

  /** Resolves when the connection no longer answers: one that was cut off somewhere gives no error for minutes. */
  async function silence(client: pg.Client): Promise<void> {
    const answer = () =>
      client.query('select').then(
        () => true,
        () => false,
      );
    do await pause(deafAfter / 4);
    while (
      !stopping.signal.aborted &&
      (await Promise.race([answer(), pause(deafAfter / 4).then(() => false)]))
    );
  }

  const loop = (async () => {
    expectDeafness();
    while (!stopping.signal.aborted) {
      await listenUntilBroken().catch(() => {});
      await pause(Math.min(250, deafAfter / 4));
    }
  })();

  return {
    async ready() {
      if (listening) return;
      const heard = new Promise<void>((resolve) => waiters.push(resolve));
      await Promise.race([heard, pause(deafAfter)]);
      if (!listening) throw new Error('The database does not tell whose access ends');
    },
    async stop() {
      waiters = [];
      clearTimeout(deaf);
      stopping.abort();
      await loop;
    },
  };
}

function end(client: pg.Client): void {
  client.end().catch(() => {});
  // A connection that does not answer does not say good-bye either.
  setTimeout(() => client.connection?.stream?.destroy(), 1_000).unref();
}
