import type { Database } from '../../db/open-database.ts';
import { readSealedEvents } from '../audit/read-sealed-events.ts';
import type { LiveHub, LiveStream } from './open-live-hub.ts';
import type { StreamCaller } from './read-caller.ts';

/** What a stream that waits for its reader needs of its response. */
export interface PatientOutlet {
  write(text: string): void;
  drained(): Promise<void>;
  closed: boolean;
  end(): void;
}

const batch = 500;

/** Sends the sealed events after a seq as JSON lines and, if asked to follow, those to come until its access ends. */
export async function followAudit(
  deps: { db: Database; clock: () => Date },
  hub: LiveHub,
  caller: StreamCaller,
  { after, follow }: { after: number; follow: boolean },
  openOutlet: (onClose: () => void) => PatientOutlet,
): Promise<void> {
  let outlet: PatientOutlet | undefined;
  let wake = () => {};
  const stream: LiveStream = {
    ...caller,
    position: Math.max(after, caller.end),
    onRows: () => wake(),
    onHeartbeat: () => {},
    onEnd: () => outlet?.end(),
  };
  await hub.open(stream);
  outlet = openOutlet(() => {
    hub.close(stream);
    wake();
  });
  let position = after;
  try {
    while (!outlet.closed) {
      const grown = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const events = await deps.db.transaction(
        { organizationId: caller.organizationId, now: deps.clock() },
        (tx) => readSealedEvents(tx, caller.organizationId, position, batch),
      );
      outlet.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      position = events.at(-1)?.seq ?? position;
      await outlet.drained();
      if (events.length === batch) continue;
      if (!follow) break;
      await grown;
    }
  } finally {
    outlet.end();
  }
}
