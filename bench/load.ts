import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

export interface Shot {
  method: 'GET' | 'POST';
  path: string;
  body?: object;
}

export interface Load {
  /** Answered requests a second. */
  rate: number;
  /** Server CPU for one request, in microseconds. */
  cpu: number;
  requests: number;
}

const connections = 8;

/**
 * Sends requests over eight kept-alive connections of loopback for `milliseconds` and counts the answers.
 * @throws if one is not answered with 2xx: a fast error is no result
 */
export async function load(
  target: { port: number; pid: number; headers: Record<string, string> },
  milliseconds: number,
  next: (index: number) => Shot | null,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const started = performance.now();
  const cpuBefore = cpuOf(target.pid);
  let index = 0;
  let answered = 0;
  const worker = async () => {
    while (performance.now() - started < milliseconds) {
      const shot = next(index++);
      if (!shot) return;
      await send(agent, target, shot);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - started) / 1000;
  const cpu = cpuOf(target.pid) - cpuBefore;
  agent.destroy();
  return { rate: answered / seconds, cpu: (cpu * 1e6) / answered, requests: answered };
}

/** One request; resolves with its body. */
export function send(
  agent: Agent,
  target: { port: number; headers: Record<string, string> },
  shot: Shot,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const body = shot.body ? JSON.stringify(shot.body) : undefined;
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: target.port,
        method: shot.method,
        path: shot.path,
        agent,
        headers: body
          ? {
              ...target.headers,
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            }
          : target.headers,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode! < 300) resolve(text);
          else
            reject(new Error(`${shot.method} ${shot.path} → ${response.statusCode} ${text.slice(0, 300)}`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** User and system time of a process in seconds (Linux: clock ticks of 10 ms). */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
