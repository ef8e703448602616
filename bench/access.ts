import { Agent, get } from 'node:http';
import { permissionNames } from '@rollcall/contract/permissions';
import pg from 'pg';
import { newId } from '../apps/server/platform/ids.ts';
import { issueSecret } from '../apps/server/platform/secrets.ts';
import { median, send } from './load.ts';
import { type Bench, openBench } from './open-bench.ts';
import { type Seed, seedOrganization } from './seed.ts';

const leavers = 60;
const [nodeA, nodeB] = [43_873, 43_874];

/**
 * How long after a deactivation on one node an open stream on another closes: from the sending of the request, beside
 * a bare `NOTIFY` from the sending of its transaction to its arrival on another connection.
 */
export async function benchAccess(): Promise<void> {
  const bench = await openBench();
  try {
    const seed = await seedOrganization(bench.databaseUrl, 1000);
    const users = await giveKeys(bench, seed);
    for (const port of [nodeA, nodeB]) {
      await bench.start(
        'apps/server/main.ts',
        { PORT: String(port), ROLLCALL_LOG_LEVEL: 'warn' },
        'Rollcall is at',
      );
    }
    const closed = await Promise.all(users.map(({ secret }) => openStream(nodeB, secret)));
    const agent = new Agent({ keepAlive: true });
    const ours: number[] = [];
    const afterAnswer: number[] = [];
    const floor: number[] = [];
    const bare = await openBareNotify(bench.databaseUrl);
    for (const [index, user] of users.entries()) {
      const started = performance.now();
      const path = `/api/v1/users/${user.id}/deactivate`;
      const target = { port: nodeA, headers: { authorization: `Bearer ${seed.key}` } };
      await send(agent, target, { method: 'POST', path, body: {} });
      const answered = performance.now();
      const end = await closed[index]!.end;
      ours.push(end - started);
      afterAnswer.push(end - answered);
      floor.push(await bare.once());
    }
    await bare.close();
    agent.destroy();
    const [one, other] = [median(ours), median(floor)];
    console.log('| end of access on a second node | median ms | slowest ms |\n|---|---|---|');
    console.log(
      `| Rollcall: request sent → stream closed | ${one.toFixed(1)} | ${Math.max(...ours).toFixed(1)} |`,
    );
    console.log(
      `| Rollcall: answer received → stream closed (negative: before) | ${median(afterAnswer).toFixed(1)} | ${Math.max(...afterAnswer).toFixed(1)} |`,
    );
    console.log(`| floor: bare NOTIFY | ${other.toFixed(1)} | ${Math.max(...floor).toFixed(1)} |`);
    console.log(`| ratio | ${(one / other).toFixed(1)} × | |`);
  } finally {
    await bench.close();
  }
}

async function giveKeys(bench: Bench, seed: Seed): Promise<{ id: string; secret: string }[]> {
  const client = new pg.Client(bench.databaseUrl);
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    `select id from users where organization_id = $1 and sign_in_name like 'agent%' limit $2`,
    [seed.organizationId, leavers],
  );
  const users = [];
  for (const { id } of rows) {
    const { secret, hash } = issueSecret('rck', seed.organizationId);
    await client.query(
      `insert into api_keys (organization_id, id, user_id, name, secret_hash, hint, permissions, expires_at)
       values ($1, $2, $3, 'stream', $4, 'rck_…', $5, now() + interval '1 day')`,
      [seed.organizationId, newId(), id, hash, permissionNames],
    );
    users.push({ id, secret });
  }
  await client.end();
  return users;
}

/** Resolves when the stream is open; `end` when it closes, with the moment. */
function openStream(port: number, secret: string): Promise<{ end: Promise<number> }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}` };
    get({ host: '127.0.0.1', port, path: '/api/v1/events', headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The stream answered ${response.statusCode}`));
      response.resume();
      resolve({ end: new Promise((ended) => response.once('close', () => ended(performance.now()))) });
    }).on('error', reject);
  });
}

async function openBareNotify(databaseUrl: string) {
  const [listener, sender] = [new pg.Client(databaseUrl), new pg.Client(databaseUrl)];
  await Promise.all([listener.connect(), sender.connect()]);
  await listener.query('listen bench_floor');
  return {
    async once(): Promise<number> {
      const heard = new Promise<number>((resolve) =>
        listener.once('notification', () => resolve(performance.now())),
      );
      const started = performance.now();
      await sender.query(`begin; select pg_notify('bench_floor', 'somebody'); commit`);
      return (await heard) - started;
    },
    close: () => Promise.all([listener.end(), sender.end()]),
  };
}
