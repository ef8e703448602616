import { createSocket } from 'node:dgram';

/** What the server knows, by name in lower case. A text longer than 255 bytes is split as RFC 1035 demands. */
export type DnsZone = Record<
  string,
  { TXT?: string[]; A?: string[]; AAAA?: string[]; MX?: [number, string][] }
>;

export interface TestDnsServer {
  /** For `Resolver.setServers`. */
  address: string;
  /** Replaces the zone, or breaks the server: it fails every question, or says nothing at all. */
  serve(next: DnsZone | 'fail' | 'silence'): void;
  close(): Promise<void>;
}

const types = { 1: 'A', 15: 'MX', 16: 'TXT', 28: 'AAAA' } as const;

/** A name server over UDP on loopback (RFC 1035), as small as the tests of the sender's domain allow. */
export async function startDnsServer(initial: DnsZone = {}): Promise<TestDnsServer> {
  let zone: DnsZone | 'fail' | 'silence' = initial;
  const socket = createSocket('udp4');
  socket.on('message', (query, client) => {
    if (zone === 'silence') return;
    const { name, type, end } = readQuestion(query);
    const records = zone === 'fail' ? undefined : zone[name.toLowerCase()];
    const answers = records ? dataOf(records, type) : [];
    const failure = zone === 'fail' ? 2 : records ? 0 : 3;
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180 | failure, 2);
    header.writeUInt16BE(answers.length, 6);
    header.writeUInt32BE(0, 8);
    const body = answers.map((data) => {
      const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, 0]);
      record.writeUInt16BE(data.length, 10);
      return Buffer.concat([record, data]);
    });
    socket.send(Buffer.concat([header, query.subarray(12, end), ...body]), client.port, client.address);
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    serve(next) {
      zone = next;
    },
    close: () => new Promise((done) => socket.close(() => done())),
  };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function dataOf(records: DnsZone[string], type: number): Buffer[] {
  switch (types[type as keyof typeof types]) {
    case 'A':
      return (records.A ?? []).map((address) => Buffer.from(address.split('.').map(Number)));
    case 'AAAA':
      return (records.AAAA ?? []).map((address) => {
        const [head = '', tail = ''] = address.split('::');
        const [left, right] = [head, tail].map((half) => half.split(':').filter(Boolean));
        const middle = Array(8 - left!.length - right!.length).fill('0');
        return Buffer.from(
          [...left!, ...middle, ...right!].map((group) => group.padStart(4, '0')).join(''),
          'hex',
        );
      });
    case 'TXT':
      return (records.TXT ?? []).map((text) =>
        Buffer.concat(
          text
            .match(/[\s\S]{1,255}/g)!
            .map((part) => Buffer.from(`${String.fromCharCode(part.length)}${part}`, 'latin1')),
        ),
      );
    case 'MX':
      return (records.MX ?? []).map(([priority, host]) =>
        Buffer.concat([Buffer.from([0, priority]), nameData(host)]),
      );
    default:
      return [];
  }
}

function nameData(host: string): Buffer {
  const labels = host.split('.').filter(Boolean);
  return Buffer.from(
    [...labels, ''].map((label) => `${String.fromCharCode(label.length)}${label}`).join(''),
    'latin1',
  );
}
