import { sql } from 'kysely';
import type { Database } from '../../db/open-database.ts';
import { AppError } from '../../platform/errors.ts';
import { type Repetition, runRepeatedly } from '../../platform/run-repeatedly.ts';
import type { EndedAccessNotice } from '../sessions/announce-ended-access.ts';
import { notSignedIn } from '../sessions/authenticate.ts';
import { findLiveAccess } from './find-live-access.ts';
import { type EndingsListener, listenForEndings } from './listen-for-endings.ts';
import { type ChangeRow, type Sight, sightOf } from './sight.ts';

/** One open response that goes on as the chain grows. */
export interface LiveStream {
  organizationId: string;
  userId: string;
  /** The session or key that it was opened with: the stream lives as long as that does. */
  accessId: string;
  sight: Sight;
  /** Everything up to this seq has been handed to `onRows`. */
  position: number;
  /** The rows after the position, in order, not yet filtered by the sight. */
  onRows(rows: readonly ChangeRow[]): void;
  onHeartbeat(): void;
  /** Closes the response at once; nothing is handed over any more. */
  onEnd(): void;
}

export interface LiveHub {
  /** @throws AppError `not_signed_in` if its access has ended meanwhile, `unavailable` while no ending is heard */
  open(stream: LiveStream): Promise<void>;
  close(stream: LiveStream): void;
  closeAll(): Promise<void>;
}

export interface LiveHubOptions {
  db: Database;
  clock: () => Date;
  onError?: (error: Error) => void;
}

const heartbeat = 15_000;
const mostPerUser = 50;
const batch = 500;

/** The open streams of this node: one reader of the chain for all of them, one listener for the endings. */
export function openLiveHub({ db, clock, onError }: LiveHubOptions): LiveHub {
  const streams = new Set<LiveStream>();
  let running: { listener: EndingsListener; reader: Repetition; timer: NodeJS.Timeout } | undefined;

  const end = (stream: LiveStream) => {
    if (streams.delete(stream)) stream.onEnd();
  };

  /** Ends those whose session, key or user is not live any more, or whose rights are not those they began with. */
  async function recheck(some: readonly LiveStream[]): Promise<void> {
    for (const [organizationId, open] of Map.groupBy(some, (stream) => stream.organizationId)) {
      try {
        const ids = [...new Set(open.map((stream) => stream.accessId))];
        const live = await findLiveAccess(db, organizationId, ids, clock());
        for (const stream of open) {
          const grants = live.get(stream.accessId);
          if (!grants || !sameKinds(stream.sight, sightOf(grants, []))) end(stream);
        }
      } catch (error) {
        // Whether they may stay open cannot be known now; their readers open them again.
        open.forEach(end);
        onError?.(error as Error);
      }
    }
  }

  function onEnded({ organizationId, userIds = [], sessionIds = [], keyIds = [] }: EndedAccessNotice): void {
    const ended = new Set([...userIds, ...sessionIds, ...keyIds]);
    const open = [...streams].filter((stream) => stream.organizationId === organizationId);
    if (ended.size === 0) return void recheck(open);
    for (const stream of open) if (ended.has(stream.userId) || ended.has(stream.accessId)) end(stream);
  }

  async function handOver(): Promise<'more' | 'some' | 'none'> {
    if (streams.size === 0) return 'none';
    let result: 'more' | 'some' | 'none' = 'none';
    const ends = await readEnds(db, [...new Set([...streams].map((stream) => stream.organizationId))]);
    for (const [organizationId, open] of Map.groupBy(streams, (stream) => stream.organizationId)) {
      const from = Math.min(...open.map((stream) => stream.position));
      if ((ends.get(organizationId) ?? 0) <= from) continue;
      const rows = await readChanges(db, organizationId, from);
      for (const stream of open) {
        const news = rows.filter((row) => row.seq > stream.position);
        if (news.length === 0 || !streams.has(stream)) continue;
        stream.position = news.at(-1)!.seq;
        stream.onRows(news);
      }
      if (rows.length === batch) result = 'more';
      else if (result === 'none') result = 'some';
    }
    return result;
  }

  function run() {
    const listener = listenForEndings(db, {
      onEnded,
      onListening: () => void recheck([...streams]),
      onDeaf: () => [...streams].forEach(end),
    });
    const reader = runRepeatedly(handOver, { fastest: 150, slowest: 300, ...(onError ? { onError } : {}) });
    const timer = setInterval(() => {
      for (const stream of streams) stream.onHeartbeat();
      void recheck([...streams]);
    }, heartbeat).unref();
    return { listener, reader, timer };
  }

  return {
    async open(stream) {
      running ??= run();
      if ([...streams].filter((other) => other.userId === stream.userId).length >= mostPerUser)
        throw new AppError('too_many_requests', {
          detail: `This user has ${mostPerUser} streams open. Close some of them.`,
          context: { retryAfterSeconds: 15 },
        });
      await running.listener.ready().catch((cause: Error) => {
        throw new AppError('unavailable', { detail: `${cause.message}. Try again in a moment.`, cause });
      });
      // First among those that hear of endings, then look: an ending is either seen or heard.
      streams.add(stream);
      await recheck([stream]);
      if (!streams.has(stream)) throw notSignedIn();
    },
    close: (stream) => void streams.delete(stream),
    async closeAll() {
      for (const stream of [...streams]) end(stream);
      if (!running) return;
      clearInterval(running.timer);
      await Promise.all([running.listener.stop(), running.reader.stop()]);
    },
  };
}

function sameKinds(one: Sight, other: Sight): boolean {
  return one.kinds.size === other.kinds.size && [...one.kinds].every((kind) => other.kinds.has(kind));
}

async function readEnds(db: Database, organizationIds: string[]): Promise<Map<string, number>> {
  return db.ownerTransaction(async (tx) => {
    const { rows } = await sql<{ organization_id: string; seq: number }>`
      select organization_id, seq from audit_seals where organization_id = any(${organizationIds}::uuid[])`.execute(
      tx,
    );
    return new Map(rows.map((row) => [row.organization_id, row.seq]));
  });
}

async function readChanges(db: Database, organizationId: string, after: number): Promise<ChangeRow[]> {
  return db.ownerTransaction(async (tx) => {
    const { rows } = await sql<ChangeRow>`
      select c.seq, e.action, e.target_kind, e.target_id, e.actor_id from audit_chain c
      join audit_events e on e.organization_id = c.organization_id and e.id = c.event_id
      where c.organization_id = ${organizationId} and c.seq > ${after} order by c.seq limit ${batch}`.execute(
      tx,
    );
    return rows;
  });
}
