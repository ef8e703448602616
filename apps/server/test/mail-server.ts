import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerError } from 'smtp-server';

export interface ReceivedMail {
  /** The envelope's return path; empty for the null sender. */
  from: string;
  to: string[];
  /** The message as it came over the wire. */
  raw: string;
  /** RFC 3461 ENVID, if the client gave one. */
  envelopeId: string | null;
  secure: boolean;
  user: string | undefined;
}

/** How the server meets the next mails, until told otherwise. */
export type MailServerMood =
  | 'accept'
  /** Answers with a code and words, at the recipient unless `at` says otherwise. */
  | { answer: number; words: string; at?: 'connect' | 'sender' | 'recipient' | 'data' }
  /** Takes connections and then says nothing more. */
  | 'hang'
  /** Takes the whole message and closes the connection without an answer. */
  | 'drop';

export interface TestMailServer {
  /** For SMTP_URL; the same port for the server's whole life, also after `down` and `up`. */
  url: string;
  port: number;
  mails: ReceivedMail[];
  behave(mood: MailServerMood): void;
  /** Resolves when that many mails have come in all. */
  received(count: number): Promise<ReceivedMail[]>;
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export interface TestMailServerOptions {
  /** TLS from the first byte (smtps). STARTTLS is offered otherwise if `starttls` is set. */
  secure?: boolean;
  starttls?: boolean;
  /** Asks for a sign-in with these. */
  credentials?: { user: string; pass: string };
}

/** A mail server on loopback that keeps what it gets and misbehaves on demand. */
export async function startMailServer(options: TestMailServerOptions = {}): Promise<TestMailServer> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  let mood: MailServerMood = 'accept';
  let server = createSmtp();
  const port = await listen(server, 0);

  function createSmtp(): SMTPServer {
    const refusal = (at: 'connect' | 'sender' | 'recipient' | 'data'): SMTPServerError | null =>
      typeof mood === 'object' && (mood.at ?? 'recipient') === at
        ? Object.assign(new Error(mood.words), { responseCode: mood.answer })
        : null;
    return new SMTPServer({
      secure: options.secure ?? false,
      disabledCommands: [...(options.starttls ? [] : ['STARTTLS']), ...(options.credentials ? [] : ['AUTH'])],
      authOptional: !options.credentials,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      hideDSN: false,
      logger: false,
      closeTimeout: 1,
      onConnect: (_session, done) => mood !== 'hang' && done(refusal('connect')),
      onAuth: (auth, _session, done) =>
        auth.username === options.credentials?.user && auth.password === options.credentials?.pass
          ? done(null, { user: auth.username })
          : done(new Error('Invalid username or password')),
      onMailFrom: (_address, _session, done) => mood !== 'hang' && done(refusal('sender')),
      onRcptTo: (_address, _session, done) => done(refusal('recipient')),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const refused = refusal('data');
          if (refused) return done(refused);
          mails.push({
            from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
            to: session.envelope.rcptTo.map((recipient) => recipient.address),
            raw: Buffer.concat(chunks).toString('utf8'),
            envelopeId: session.envelope.dsn?.envid ?? null,
            secure: session.secure,
            user: session.user,
          });
          if (mood === 'drop') {
            for (const connection of server.connections) connection.close();
          } else {
            done(null, 'OK: queued as 4A1B2C3D');
          }
          for (const check of waiting) check();
        });
      },
    });
  }

  async function down(): Promise<void> {
    if (!server.server.listening) return;
    for (const connection of server.connections) connection.close();
    await new Promise<void>((done) => server.close(() => done()));
  }

  async function up(): Promise<void> {
    server = createSmtp();
    await listen(server, port);
  }

  return {
    url: `${options.secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    port,
    mails,
    behave(next) {
      mood = next;
    },
    received: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (mails.length < count) return;
          waiting.delete(check);
          resolve(mails);
        };
        waiting.add(check);
        check();
      }),
    down,
    up,
    close: down,
  };
}

async function listen(server: SMTPServer, port: number): Promise<number> {
  server.on('error', () => undefined);
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return (server.server.address() as AddressInfo).port;
}
