import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningServer {
  url: string;
  child: ChildProcess;
  /** What it has said until now. */
  said: { stdout: string; stderr: string };
  signal(name?: NodeJS.Signals): void;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Ended>;
}

/** What a process of ours sees of the environment: nothing but what the test gives. */
function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
}

/** Runs a program of the server to its end. */
export async function run(
  program: string,
  args: readonly string[],
  options: { env: Record<string, string>; input?: string; cwd?: string },
): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, program), ...args], {
    env: environment(options.env),
    cwd: options.cwd ?? root,
  });
  const said = collect(child);
  child.stdin.end(options.input ?? '');
  const [code] = await once(child, 'close');
  return { code: code as number | null, ...said };
}

/** Starts a server on a free port and waits until it says where it is. */
export async function startServer(env: Record<string, string>, program = 'main.ts'): Promise<RunningServer> {
  const port = env.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [join(root, program)], {
    env: environment({ ...env, PORT: port }),
    cwd: root,
  });
  const said = collect(child);
  const ended = once(child, 'close');
  while (!said.stdout.includes('Rollcall is at')) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${said.stderr}`);
    await sleep(20);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    said,
    signal: (name = 'SIGTERM') => void child.kill(name),
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      await ended;
      return { code: child.exitCode, ...said };
    },
  };
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]!.setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  return said;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
