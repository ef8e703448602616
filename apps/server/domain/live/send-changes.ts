import type { LiveChange } from '@rollcall/contract/live';
import type { LiveHub, LiveStream } from './open-live-hub.ts';
import type { StreamCaller } from './read-caller.ts';
import { type ChangeRow, sees } from './sight.ts';

/** What a stream needs of its response. */
export interface Outlet {
  write(text: string): void;
  end(): void;
}

/** One who has missed more than this reads everything again instead. */
const mostMissed = 10_000;

/** Sends what the caller may see of the chain as it grows, as server-sent events (HTML Standard §9.2). */
export async function sendChanges(
  hub: LiveHub,
  caller: StreamCaller,
  after: number | null,
  openOutlet: (onClose: () => void) => Outlet,
): Promise<void> {
  const missed = after === null ? 0 : caller.end - after;
  const reset = missed < 0 || missed > mostMissed;
  const position = after === null || reset ? caller.end : after;
  let outlet: Outlet | undefined;
  const early: string[] = [];
  const write = (text: string) => (outlet ? outlet.write(text) : void early.push(text));
  const stream: LiveStream = {
    ...caller,
    position,
    onRows: (rows) =>
      write(
        rows
          .filter((row) => sees(caller.sight, row))
          .map(eventOf)
          .join(''),
      ),
    onHeartbeat: () => write(':\n\n'),
    onEnd: () => outlet?.end(),
  };
  // Refused (signed out meanwhile) must still be an answer of its own: the response begins when it is open.
  await hub.open(stream);
  outlet = openOutlet(() => hub.close(stream));
  const name = reset ? 'reset' : 'ready';
  outlet.write(
    `retry: 2000\nid: ${position}\nevent: ${name}\ndata: {"seq":${position}}\n\n${early.join('')}`,
  );
}

function eventOf(row: ChangeRow): string {
  const change = {
    seq: row.seq,
    action: row.action,
    target: { kind: row.target_kind, id: row.target_id },
  } as LiveChange;
  return `id: ${row.seq}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`;
}
