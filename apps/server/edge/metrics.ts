import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { sameSecret } from '../platform/secrets.ts';
import type { Deps } from './deps.ts';

/**
 * Serves `/metrics` in Prometheus' format: to this machine, and elsewhere only to who brings the token. A request
 * that a proxy forwards is from elsewhere.
 */
export function serveMetrics(app: FastifyInstance, deps: Deps, token: string | undefined): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'rollcall_http_request_duration_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  new Gauge({
    name: 'rollcall_database_connections',
    help: 'Connections of this node to the database',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = deps.db.pool;
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'wanted' }, waitingCount);
    },
  });
  new Gauge({
    name: 'rollcall_jobs_waiting',
    help: 'Jobs that are due and not yet done, by queue',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { queue, waiting } of await readJobLag(deps)) this.set({ queue }, waiting);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.get('/metrics', { schema: { hide: true } as object }, async (request, reply) => {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const local =
      ['127.0.0.1', '::1'].includes(request.ip) &&
      !request.headers['x-forwarded-for'] &&
      !request.headers.forwarded;
    if (!local && !(token && bearer && sameSecret(bearer, token))) return reply.callNotFound();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

export interface JobLag {
  queue: string;
  waiting: number;
  oldestSeconds: number;
}

/** The jobs that could run now and have not, by queue. */
export async function readJobLag(deps: Deps): Promise<JobLag[]> {
  const { rows } = await deps.db.pool.query<JobLag>(`
    select name as queue, count(*) as waiting, extract(epoch from now() - min(start_after))::float8 as "oldestSeconds"
    from pgboss.job where state in ('created', 'retry') and start_after <= now() group by name`);
  return rows;
}
