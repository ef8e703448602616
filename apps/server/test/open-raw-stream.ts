import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import type { App } from '../app.ts';

export interface RawStream {
  /** Everything received so far, chunk framing included. */
  text: string;
  status: number;
  /** Resolves when the text contains this. */
  until(part: string): Promise<void>;
  /** Resolves when the server has closed the connection. */
  closed: Promise<void>;
  destroy(): void;
}

/** Reads a streaming response over a bare TCP connection, so that a test sees when the server closes it. */
export async function openRawStream(
  app: App,
  path: string,
  headers: Record<string, string>,
): Promise<RawStream> {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket = net.connect(port, '127.0.0.1').setEncoding('utf8');
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  const changed = new EventTarget();
  const stream: RawStream = {
    text: '',
    status: 0,
    closed: new Promise((resolve) => socket.on('close', () => resolve())),
    async until(part) {
      while (!stream.text.includes(part)) await once(changed, 'data');
    },
    destroy: () => socket.destroy(),
  };
  socket.on('error', () => {});
  socket.on('data', (text: string) => {
    stream.text += text;
    stream.status ||= Number(/^HTTP\/1\.1 (\d+)/.exec(stream.text)?.[1] ?? 0);
    changed.dispatchEvent(new Event('data'));
  });
  await stream.until('\r\n\r\n');
  return stream;
}
