import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** What it answers; set it to fail. */
  answer: { status: number; location?: string };
  /** Resolves when this many requests have come. */
  until(count: number): Promise<void>;
  stop(): void;
}

/** A receiver on loopback that keeps what it gets. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const changed = new EventTarget();
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      receiver.received.push({ headers: request.headers, body });
      const { status, location } = receiver.answer;
      response.writeHead(status, location ? { location } : {}).end();
      changed.dispatchEvent(new Event('request'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    answer: { status: 204 },
    async until(count) {
      while (receiver.received.length < count) await once(changed, 'request');
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return receiver;
}
