import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { clusterFolder, readDataMajor } from './db/embedded/cluster-folder.ts';
import { livingPostmaster, stopPostmaster } from './db/embedded/run-postmaster.ts';
import { freePort, type RunningServer, run, startServer } from './test/run-process.ts';

// Real processes start, stop and are upgraded here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-main-'));
const env = { ROLLCALL_DATA_DIR: dataDir };
const setUp = {
  ROLLCALL_ORGANIZATION: 'Nordwind',
  ROLLCALL_ADMIN_EMAIL: 'ada@example.com',
  ROLLCALL_ADMIN_PASSWORD: 'seven green kettles whistle',
};
const folder = () => clusterFolder(dataDir, readDataMajor(dataDir)!);
afterAll(async () => {
  await stopPostmaster(folder());
  rmSync(dataDir, { recursive: true, force: true });
});

const signIn = (url: string) =>
  fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ signInName: setUp.ROLLCALL_ADMIN_EMAIL, password: setUp.ROLLCALL_ADMIN_PASSWORD }),
  });

describe('starting', () => {
  let server: RunningServer | undefined;
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  test('prints the address and a one-time link until there is an organization, which the environment can name', async () => {
    server = await startServer(env);
    expect(server.said.stdout).toMatch(
      /^Rollcall is at http:\/\/localhost:\d+\nSet it up: http:\S+#token=rcl_\S+\n$/,
    );
    expect((await server.stop()).code).toBe(0);
    expect(livingPostmaster(folder())).toBeUndefined();

    server = await startServer({ ...env, ...setUp });
    expect(server.said.stdout).not.toContain('Set it up');
    expect((await signIn(server.url)).status).toBeLessThan(300);
    await server.stop();

    server = await startServer({ ...env, ...setUp, ROLLCALL_ORGANIZATION: 'Another' });
    expect(server.said.stdout).toMatch(/^Rollcall is at \S+\n$/);
  });

  test('says in words and without a stack why it does not start', async () => {
    server = await startServer(env);
    const port = new URL(server.url).port;
    const second = await run('main.ts', [], { env: { ...env, PORT: port } });
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toContain(`Port ${port} is in use. Another Rollcall answers there already`);
    const nowhere = await run('main.ts', [], {
      env: { ...env, DATABASE_URL: `postgres://somebody@127.0.0.1:${await freePort()}/rollcall` },
    });
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toMatch(/cannot be reached \(ECONNREFUSED\). Start it, or correct DATABASE_URL/);
    const faulty = await run('main.ts', [], { env: { ...env, PORT: 'x', HOST: '0.0.0.0' } });
    expect(faulty.code).toBe(78);
    expect(faulty.stderr).toMatch(/PORT must be[\s\S]*HOST is 0.0.0.0/);
    const weak = await run('main.ts', [], {
      env: {
        ROLLCALL_DATA_DIR: join(dataDir, 'other'),
        ...setUp,
        ROLLCALL_ADMIN_PASSWORD: 'nordwind ada nordwind',
      },
    });
    expect(weak.code).toBe(1);
    expect(weak.stderr).toContain('ROLLCALL_ADMIN_PASSWORD was refused');
    for (const { stderr } of [second, nowhere, faulty, weak]) expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('running', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ ...env, ...setUp });
  });
  afterAll(() => server.stop());

  test('answers 503 while its database is away and goes on when it is back, without a restart of its own', async () => {
    const cookie = (await signIn(server.url)).headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const ask = () =>
      fetch(`${server.url}/api/v1/me`, { headers: { cookie } }).then((answer) => answer.status);
    expect(await ask()).toBe(200);
    const before = livingPostmaster(folder())!;
    const seen = new Set<number>();
    let running = true;
    const load = Array.from({ length: 8 }, async () => {
      while (running) seen.add(await ask());
    });
    await sleep(200);
    process.kill(before, 'SIGKILL');
    while ((livingPostmaster(folder()) ?? before) === before || (await ask()) !== 200) await sleep(20);
    running = false;
    await Promise.all(load);
    expect([...seen].sort()).toEqual([200, 503]);
    expect(server.child.exitCode).toBeNull();
    let ready: number;
    do ready = (await fetch(`${server.url}/readyz`)).status;
    while (ready !== 200);
    // The stream of live changes hears the database again too.
    const abort = new AbortController();
    const stream = await fetch(`${server.url}/api/v1/events`, { headers: { cookie }, signal: abort.signal });
    expect(stream.status).toBe(200);
    abort.abort();
  });

  test('finishes what it has begun, however often it is told to stop, and stops the database last', async () => {
    const body = JSON.stringify({ signInName: 'ada@example.com', password: setUp.ROLLCALL_ADMIN_PASSWORD });
    const begun = request(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': body.length },
    });
    begun.write(body.slice(0, 10));
    await sleep(500);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGINT'] as const) server.signal(signal);
    while (!server.said.stderr.includes('finishing requests')) await sleep(20);
    begun.end(body.slice(10));
    const [answer] = (await once(begun, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.resume();
    const ended = await server.stop();
    expect(ended.code).toBe(0);
    expect(livingPostmaster(folder())).toBeUndefined();
  });
});
