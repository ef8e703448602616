import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { type AddressGuard, RefusedAddress } from './address-guard.ts';

export interface PostOptions {
  guard: AddressGuard;
  headers: Record<string, string>;
  /** Milliseconds for the whole exchange. */
  timeout: number;
  agent?: http.Agent;
}

/** An agent that keeps its one connection for a row of requests to the same place; destroy it afterwards. */
export function oneConnection(url: URL): http.Agent {
  return new (url.protocol === 'https:' ? https : http).Agent({ keepAlive: true, maxSockets: 1 });
}

/**
 * Posts a body to a place that a customer named and answers with its status. Follows no redirect, reads no answer,
 * and connects only where the guard permits; without TLS only into networks that the operator has opened.
 */
export async function postJson(url: URL, body: string, options: PostOptions): Promise<number> {
  const { guard } = options;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // A literal address is connected to without a lookup.
  if (isIP(host) && !guard.permits(host)) throw new RefusedAddress(host);
  if (url.protocol === 'http:' && !(await guard.resolve(host)).every(guard.isOpened))
    throw new Error('Without TLS (https) only networks that the operator has opened can be reached');
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...options.headers, 'content-length': Buffer.byteLength(body) },
      lookup: guard.lookup,
      signal: AbortSignal.timeout(options.timeout),
      ...(options.agent ? { agent: options.agent } : {}),
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.on('error', () => {});
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.end(body);
  });
}
