import { Agent } from 'node:http';
import pg from 'pg';
import { type Load, load, median, type Shot, send } from './load.ts';
import { openBench } from './open-bench.ts';
import { copyForFloor, seedOrganization } from './seed.ts';

const rounds = 3;
const millisecondsARound = 1200;
const [ourPort, floorPort] = [43_871, 43_872];

interface Target {
  port: number;
  pid: number;
  headers: Record<string, string>;
}

interface Task {
  name: string;
  /** At most so many requests a round, where each uses something up. */
  perRound?: number;
  ours: (index: number) => Shot | null;
  floor: (index: number) => Shot | null;
}

/** List, search, get, create and deactivate through HTTP, each beside the floor, at each size. */
export async function benchHttp(sizes: number[]): Promise<void> {
  const first = new Map<string, number>();
  console.log(
    '| users | request | Rollcall /s | floor /s | of floor | CPU µs | floor µs | cost against first size |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  for (const size of sizes) {
    for (const { name, ours, floor } of await measureSize(size)) {
      const base = first.get(name) ?? ours.cpu;
      first.set(name, base);
      const percent = Math.round((ours.rate / floor.rate) * 100);
      console.log(
        `| ${size} | ${name} | ${Math.round(ours.rate)} | ${Math.round(floor.rate)} | ${percent} % | ${Math.round(ours.cpu)} | ${Math.round(floor.cpu)} | ${(ours.cpu / base).toFixed(2)} × |`,
      );
    }
  }
}

interface Row {
  name: string;
  ours: Load;
  floor: Load;
}

async function measureSize(size: number): Promise<Row[]> {
  const bench = await openBench();
  try {
    const seed = await seedOrganization(bench.databaseUrl, size);
    await copyForFloor(bench.databaseUrl);
    const server = await bench.start(
      'apps/server/main.ts',
      { PORT: String(ourPort), ROLLCALL_LOG_LEVEL: 'warn' },
      'Rollcall is at',
    );
    const floor = await bench.start(
      'bench/floor-server.ts',
      { PORT: String(floorPort), FLOOR_ORGANIZATION: seed.organizationId, FLOOR_KEY_HASH: seed.keyHash },
      'ready',
    );
    const headers = { authorization: `Bearer ${seed.key}` };
    const ours: Target = { port: ourPort, pid: server.pid!, headers };
    const bare: Target = { port: floorPort, pid: floor.pid!, headers };
    const results: Row[] = [];
    for (const task of await makeTasks(bench.databaseUrl, seed.organizationId, ours)) {
      results.push({ name: task.name, ...(await alternate(task, ours, bare)) });
    }
    return results;
  } finally {
    await bench.close();
  }
}

/** In turn, ours and the floor, after one round that does not count; the median of each. */
async function alternate(task: Task, ours: Target, bare: Target): Promise<{ ours: Load; floor: Load }> {
  const ourRounds: Load[] = [];
  const floorRounds: Load[] = [];
  for (let round = 0; round <= rounds; round++) {
    const milliseconds = round === 0 ? millisecondsARound / 2 : millisecondsARound;
    const one = await load(ours, milliseconds, atMost(task.perRound, task.ours));
    const other = await load(bare, milliseconds, atMost(task.perRound, task.floor));
    if (round > 0) {
      ourRounds.push(one);
      floorRounds.push(other);
    }
  }
  return { ours: middle(ourRounds), floor: middle(floorRounds) };
}

function atMost(count = Number.POSITIVE_INFINITY, next: Task['ours']): Task['ours'] {
  return (index) => (index < count ? next(index) : null);
}

function middle(loads: Load[]): Load {
  return {
    rate: median(loads.map((one) => one.rate)),
    cpu: median(loads.map((one) => one.cpu)),
    requests: median(loads.map((one) => one.requests)),
  };
}

async function makeTasks(databaseUrl: string, organizationId: string, ours: Target): Promise<Task[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows: users } = await client.query<{ id: string; name_key: string }>(
    `select id, name_key from users where organization_id = $1 and sign_in_name like 'agent%' order by name_key, id`,
    [organizationId],
  );
  await client.end();
  const at = (index: number) => users[(index * 7919) % users.length]!;
  const deep = users[Math.floor(users.length / 2)]!;
  const cursor = await walkTo(ours, Math.floor(users.length / 2));
  const get = (path: string): Shot => ({ method: 'GET', path });
  let ourUsers = 0;
  let floorUsers = 0;
  const person = (index: number) => ({
    email: `new${index}@bench.example`,
    firstName: 'New',
    lastName: `Agent ${index}`,
  });
  // Each can be deactivated once, and the floor has its own copy of everybody.
  let ourLeavers = 0;
  let floorLeavers = 0;
  const leaver = (index: number) => users[index]?.id ?? null;
  const term = (index: number) =>
    at(index)
      .name_key.slice(-6)
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 5);
  return [
    { name: 'list, first page', ours: () => get('/api/v1/users?limit=50'), floor: () => get('/floor/list') },
    {
      name: 'list, page at depth',
      ours: () => get(`/api/v1/users?limit=50&cursor=${encodeURIComponent(cursor)}`),
      floor: () => get(`/floor/list?name=${encodeURIComponent(deep.name_key)}&id=${deep.id}`),
    },
    {
      name: 'list, search',
      ours: (index) => get(`/api/v1/users?limit=50&search=${encodeURIComponent(term(index))}`),
      floor: (index) => get(`/floor/list?search=${encodeURIComponent(term(index))}`),
    },
    {
      name: 'get',
      ours: (index) => get(`/api/v1/users/${at(index).id}`),
      floor: (index) => get(`/floor/get/${at(index).id}`),
    },
    {
      name: 'create',
      ours: () => ({ method: 'POST', path: '/api/v1/users', body: { ...person(ourUsers++), role: 'agent' } }),
      floor: () => ({ method: 'POST', path: '/floor/create', body: person(floorUsers++) }),
    },
    {
      name: 'deactivate',
      perRound: Math.floor(users.length / (rounds + 1)),
      ours: () => {
        const id = leaver(ourLeavers++);
        return id ? { method: 'POST', path: `/api/v1/users/${id}/deactivate`, body: {} } : null;
      },
      floor: () => {
        const id = leaver(floorLeavers++);
        return id ? { method: 'POST', path: `/floor/deactivate/${id}`, body: {} } : null;
      },
    },
  ];
}

/** The cursor of the page that begins about `depth` users down the list. */
async function walkTo(target: Target, depth: number): Promise<string> {
  const agent = new Agent({ keepAlive: true });
  let cursor = '';
  for (let seen = 0; seen < depth; seen += 200) {
    const path = `/api/v1/users?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    cursor = JSON.parse(await send(agent, target, { method: 'GET', path })).nextCursor;
  }
  agent.destroy();
  return cursor;
}
