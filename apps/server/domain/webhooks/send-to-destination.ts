import { type AddressGuard, RefusedAddress } from '../../platform/network/address-guard.ts';
import { oneConnection, postJson } from '../../platform/network/post-json.ts';
import { formatSyslog, sendSyslog } from '../../platform/network/syslog.ts';
import { signWebhook } from './sign-webhook.ts';

/** Where to send, with what is needed for it. */
export interface Destination {
  url: string;
  /** For webhooks. */
  secret: string | null;
  guard: AddressGuard;
  /** By what name Rollcall calls itself to a collector. */
  ownHost: string;
}

export interface Message {
  id: string;
  type: string;
  timestamp: string;
  data: { seq: number | null } & object;
}

export interface Sent {
  /** How many of the messages, from the first on, have been taken. */
  taken: number;
  error: string | null;
  /** The receiver says that it will never take any (410). */
  gone: boolean;
}

const timeout = 10_000;
const longestRow = 20_000;

export function kindOf(url: string): 'webhook' | 'syslog' {
  return url.startsWith('syslog+') ? 'syslog' : 'webhook';
}

/** Sends the messages in their order and stops at the first that is not taken, or when it has taken long. */
export async function sendToDestination(
  destination: Destination,
  messages: readonly Message[],
  clock: () => Date,
): Promise<Sent> {
  if (messages.length === 0) return { taken: 0, error: null, gone: false };
  const url = new URL(destination.url);
  if (kindOf(destination.url) === 'webhook') return postEach(destination, url, messages, clock);
  try {
    const texts = messages.map((message) => toSyslog(destination, message));
    await sendSyslog(url, texts, { guard: destination.guard, timeout });
    return { taken: messages.length, error: null, gone: false };
  } catch (error) {
    return { taken: 0, error: describe(error as Error), gone: false };
  }
}

async function postEach(
  { secret, guard }: Destination,
  url: URL,
  messages: readonly Message[],
  clock: () => Date,
): Promise<Sent> {
  const agent = oneConnection(url);
  const begin = performance.now();
  let taken = 0;
  try {
    for (const message of messages) {
      if (performance.now() - begin > longestRow) break;
      const { id, ...content } = message;
      const body = JSON.stringify(content);
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Rollcall',
        ...signWebhook(secret!, id, clock(), body),
      };
      const status = await postJson(url, body, { guard, headers, timeout, agent });
      if (status < 200 || status > 299)
        return { taken, error: `The receiver answered ${status}.`, gone: status === 410 };
      taken += 1;
    }
    return { taken, error: null, gone: false };
  } catch (error) {
    return { taken, error: describe(error as Error), gone: false };
  } finally {
    agent.destroy();
  }
}

function toSyslog({ ownHost }: Destination, { id, type, timestamp, data }: Message): string {
  return formatSyslog({
    time: timestamp,
    host: ownHost,
    id: type,
    data: { id, ...(data.seq === null ? {} : { seq: data.seq }) },
    text: JSON.stringify(data),
    severity: type === 'session.refused' ? 4 : 5,
  });
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'The receiver refused the connection.',
  ECONNRESET: 'The receiver broke the connection off.',
  ENOTFOUND: 'The name of the receiver cannot be found.',
  EAI_AGAIN: 'The name of the receiver cannot be looked up at the moment.',
  ETIMEDOUT: 'The receiver did not answer in time.',
  ABORT_ERR: 'The receiver did not answer in time.',
};

function describe(error: Error & { code?: string | number }): string {
  if (error instanceof RefusedAddress)
    return `${error.message}. Ask the operator to open it (ROLLCALL_PRIVATE_NETWORKS).`;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return reasons.ETIMEDOUT!;
  return reasons[String(error.code)] ?? `${error.message}.`.slice(0, 500);
}
