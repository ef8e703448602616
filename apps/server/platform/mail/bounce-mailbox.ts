import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow, type ImapFlowOptions } from 'imapflow';

export interface BounceMailboxOptions {
  /** `imaps://user:password@host/INBOX`; `imap://` insists on STARTTLS unless the host is this machine. */
  url: string;
  /**
   * Gets each unseen message as it is. It is marked as seen once this resolves; if it rejects the message
   * stays unseen and comes again, as it also does after a crash in between: it must bear repetition.
   */
  onMessage(raw: Buffer): Promise<void>;
  /** Told of a connection that failed, a message that `onMessage` rejected, and one too large to be handed over. */
  onProblem(problem: unknown): void;
  /** Bytes; larger messages are marked as seen and left alone. */
  maxBytes: number;
  /** Milliseconds between looks where the server does not tell of new mail by itself; five minutes if absent. */
  pollMs?: number | undefined;
  /** Milliseconds before the first reconnection, doubling up to five minutes; one second if absent. */
  retryMs?: number | undefined;
}

export interface BounceMailbox {
  /** Closes the connection and waits for a message in hand; that one may come again after the next start. */
  stop(): Promise<void>;
}

const longestRetryMs = 300_000;

/**
 * Reads a mailbox from now on and for good, over as many connections as it takes.
 *
 * @throws TypeError if the URL cannot be used
 */
export function watchBounceMailbox(options: BounceMailboxOptions): BounceMailbox {
  const server = readUrl(options.url);
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    const firstRetry = options.retryMs ?? 1000;
    let retry = firstRetry;
    while (!signal.aborted) {
      try {
        await readUntilItBreaks(server, options, signal, () => {
          retry = firstRetry;
        });
      } catch (problem) {
        if (signal.aborted) return;
        options.onProblem(problem);
        await sleep(retry, undefined, { signal }).catch(() => undefined);
        retry = Math.min(retry * 2, longestRetryMs);
      }
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function readUntilItBreaks(
  { mailbox, ...server }: MailboxServer,
  options: BounceMailboxOptions,
  signal: AbortSignal,
  onOpen: () => void,
): Promise<void> {
  const client = new ImapFlow({
    ...server,
    logger: false,
    autoIdleDelay: 200,
    maxLiteralSize: options.maxBytes + 1024,
  });
  // The failure also rejects the command in hand; the event alone would end the process.
  client.on('error', () => undefined);
  let news = Promise.withResolvers<void>();
  const tell = () => news.resolve();
  client.on('exists', tell);
  client.on('close', tell);
  const poll = setInterval(tell, options.pollMs ?? 300_000);
  const close = () => client.close();
  signal.addEventListener('abort', close);
  try {
    await client.connect();
    await client.mailboxOpen(mailbox);
    onOpen();
    while (!signal.aborted) {
      // Begun before the search, so that mail which comes in during it does not wait for the next poll.
      news = Promise.withResolvers<void>();
      await readUnseen(client, options, signal);
      if (!client.usable) throw new Error('the mail server closed the connection');
      await news.promise;
    }
  } finally {
    signal.removeEventListener('abort', close);
    clearInterval(poll);
    client.close();
  }
}

async function readUnseen(
  client: ImapFlow,
  options: BounceMailboxOptions,
  signal: AbortSignal,
): Promise<void> {
  const unseen = (await client.search({ seen: false }, { uid: true })) || [];
  for (const uid of unseen) {
    if (signal.aborted) return;
    const size = (await client.fetchOne(String(uid), { size: true }, { uid: true })) || undefined;
    if (size?.size === undefined) continue;
    if (size.size > options.maxBytes) {
      options.onProblem(new Error(`message ${uid} in the bounce mailbox is too large: ${size.size} bytes`));
    } else {
      const message = (await client.fetchOne(String(uid), { source: true }, { uid: true })) || undefined;
      if (!message?.source) continue;
      try {
        await options.onMessage(message.source);
      } catch (problem) {
        options.onProblem(problem);
        continue;
      }
    }
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  }
}

type MailboxServer = Required<Pick<ImapFlowOptions, 'host' | 'port' | 'secure' | 'auth'>> &
  Pick<ImapFlowOptions, 'doSTARTTLS'> & { mailbox: string };

function readUrl(value: string): MailboxServer {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^imaps?:$/.test(url.protocol) || !url.hostname || !url.username) {
    throw new TypeError('the URL of the bounce mailbox must look like imaps://user:password@host/INBOX');
  }
  const secure = url.protocol === 'imaps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const loopback = ['localhost', '127.0.0.1', '::1'].includes(host);
  return {
    host,
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    ...(!secure && !loopback && { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    mailbox: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
  };
}
