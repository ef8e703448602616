import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAddressGuard } from './address-guard.ts';
import { formatSyslog, sendSyslog } from './syslog.ts';

const guard = createAddressGuard(['127.0.0.1']);
const options = { guard, timeout: 2_000 };
const message = (text: string) =>
  formatSyslog({
    time: '2026-01-02T03:04:05.678901Z',
    host: 'rollcall.example.com',
    id: 'user.created',
    data: { seq: 7, name: 'a "b" \\ ]' },
    text,
    severity: 5,
  });

/** Reads octet-counted frames (RFC 6587 §3.4.1) as a collector does. */
function readFrames(bytes: Buffer): string[] {
  const frames: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(bytes.toString('ascii', at, space));
    frames.push(bytes.toString('utf8', space + 1, space + 1 + length));
    at = space + 1 + length;
  }
  return frames;
}

async function collect(server: net.Server): Promise<{ port: number; received: Promise<Buffer> }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const received = new Promise<Buffer>((resolve) => {
    server.on(server instanceof tls.Server ? 'secureConnection' : 'connection', (socket: net.Socket) => {
      const parts: Buffer[] = [];
      socket.on('data', (part) => parts.push(part as Buffer));
      socket.on('end', () => resolve(Buffer.concat(parts)));
    });
  });
  return { port: (server.address() as AddressInfo).port, received };
}

test('writes a message as RFC 5424 says', () => {
  expect(message('{}')).toBe(
    '<109>1 2026-01-02T03:04:05.678901Z rollcall.example.com rollcall - user.created [rollcall@32473 seq="7" name="a \\"b\\" \\\\ \\]"] \ufeff{}',
  );
});

test('no text can pass for another message, nor break out of its data', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, value) => {
      const formatted = formatSyslog({
        time: new Date(0),
        host: text,
        id: text,
        data: { value },
        text,
        severity: 4,
      });
      expect(formatted).toMatch(
        /^<108>1 \S+ [\x21-\x7e]{1,255} rollcall - [\x21-\x7e]{1,32} \[rollcall@32473 value="([^"\\\]]|\\["\\\]])*"\] \ufeff/,
      );
    }),
  );
});

test('sends over TCP with octet counting', async () => {
  const server = net.createServer();
  const { port, received } = await collect(server);
  const messages = [message('one\ntwo'), message('Grüße 🙂'), message('')];
  await sendSyslog(new URL(`syslog+tcp://127.0.0.1:${port}`), messages, options);
  expect(readFrames(await received)).toEqual(messages);
  server.close();
});

test('sends datagrams over UDP', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const arrived = once(socket, 'message');
  await sendSyslog(new URL(`syslog+udp://127.0.0.1:${socket.address().port}`), [message('one')], options);
  expect(String((await arrived)[0])).toBe(message('one'));
  socket.close();
});

test('refuses a collector whose certificate nobody vouches for, one that is away, and a private address', async () => {
  const server = tls.createServer({ SNICallback: (_name, callback) => callback(null, undefined) });
  const { port } = await collect(server);
  await expect(sendSyslog(new URL(`syslog+tls://127.0.0.1:${port}`), ['x'], options)).rejects.toThrow();
  server.close();
  await expect(sendSyslog(new URL('syslog+tcp://127.0.0.1:1'), ['x'], options)).rejects.toThrow(
    'ECONNREFUSED',
  );
  for (const url of ['syslog+tcp://127.0.0.2:1', 'syslog+udp://10.0.0.1:1', 'syslog+tls://[::1]:1'])
    await expect(sendSyslog(new URL(url), ['x'], options)).rejects.toThrow('private or reserved');
});
