import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface TestImapServer {
  /** `imap://…/INBOX`, with the sign-in that the server asks for. */
  url: string;
  /** Puts a message into the mailbox and tells the connections that are idle. */
  deliver(raw: string): void;
  /** Messages by UID, from 1, and whether each is marked as seen. */
  seen(): boolean[];
  connections(): number;
  /** Ends all connections, as a server that restarts does. */
  dropConnections(): void;
  close(): Promise<void>;
}

/**
 * As much of an IMAP server (RFC 9051) on loopback as reading unseen messages of one mailbox takes: LOGIN,
 * SELECT, UID SEARCH, UID FETCH, UID STORE, IDLE.
 */
export async function startImapServer(): Promise<TestImapServer> {
  const mailbox: { raw: string; seen: boolean }[] = [];
  const sockets = new Set<Socket>();
  const idle = new Map<Socket, string>();
  const told = new Map<Socket, number>();
  let connected = 0;

  const server = createServer((socket) => {
    connected += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      idle.delete(socket);
      told.delete(socket);
    });
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('* OK [CAPABILITY IMAP4rev1 IDLE] ready');
    createInterface({ input: socket }).on('line', (line) => {
      if (line === 'DONE') {
        say(`${idle.get(socket)} OK IDLE done`);
        idle.delete(socket);
        return;
      }
      const [, tag, command, rest = ''] = /^(\S+) ((?:UID )?\w+)(?: (.*))?$/.exec(line) ?? [];
      if (tag && command) answer(socket, say, tag, command.toUpperCase(), rest);
    });
  });

  function answer(
    socket: Socket,
    say: (line: string) => void,
    tag: string,
    command: string,
    rest: string,
  ): void {
    switch (command) {
      case 'CAPABILITY':
        say('* CAPABILITY IMAP4rev1 IDLE');
        break;
      case 'LOGIN':
        if (!/^"?bounces"? "?p@ss"?$/.test(rest))
          return void say(`${tag} NO [AUTHENTICATIONFAILED] wrong password`);
        break;
      case 'LIST':
      case 'LSUB':
        say(`* ${command} () "/" INBOX`);
        break;
      case 'SELECT':
        say('* FLAGS (\\Seen)');
        tellCount(socket);
        say('* OK [UIDVALIDITY 1] ok');
        say(`* OK [UIDNEXT ${mailbox.length + 1}] ok`);
        return void say(`${tag} OK [READ-WRITE] selected`);
      case 'UID SEARCH':
        say(['* SEARCH', ...mailbox.flatMap(({ seen }, index) => (seen ? [] : [index + 1]))].join(' '));
        break;
      case 'UID FETCH': {
        const uid = Number.parseInt(rest, 10);
        const message = mailbox[uid - 1];
        if (!message) break;
        const literal = Buffer.from(message.raw);
        // Only PEEK leaves the flag alone (RFC 9051 §6.4.5).
        if (/BODY\[/.test(rest)) message.seen = true;
        if (!/BODY(\.PEEK)?\[/.test(rest)) {
          say(`* ${uid} FETCH (UID ${uid} RFC822.SIZE ${literal.length})`);
        } else {
          socket.write(`* ${uid} FETCH (UID ${uid} BODY[] {${literal.length}}\r\n`);
          socket.write(literal);
          say(')');
        }
        break;
      }
      case 'UID STORE': {
        const message = mailbox[Number.parseInt(rest, 10) - 1];
        if (message && /\+FLAGS.*\\Seen/.test(rest)) message.seen = true;
        break;
      }
      case 'IDLE':
        idle.set(socket, tag);
        say('+ idling');
        tellNews(socket);
        return;
    }
    tellNews(socket);
    say(`${tag} OK done`);
  }

  function tellCount(socket: Socket): void {
    told.set(socket, mailbox.length);
    socket.write(`* ${mailbox.length} EXISTS\r\n`);
  }

  /** News is told with the next answer, or at once to who is idle, and only where a mailbox is selected. */
  function tellNews(socket: Socket): void {
    if (told.has(socket) && told.get(socket) !== mailbox.length) tellCount(socket);
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `imap://bounces:p%40ss@127.0.0.1:${port}/INBOX`,
    deliver(raw) {
      mailbox.push({ raw, seen: false });
      for (const socket of idle.keys()) tellNews(socket);
    },
    seen: () => mailbox.map(({ seen }) => seen),
    connections: () => connected,
    dropConnections() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
