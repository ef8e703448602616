import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const dist = fileURLToPath(new URL('../../web/dist/', import.meta.url));

/** Serves the built dashboard: hashed files for a year, and its one page for every path that is no file or API. */
export async function serveDashboard(app: FastifyInstance): Promise<void> {
  if (!existsSync(dist)) {
    app.log.warn('The dashboard is not built; only the API is served. Run `npm start`, which builds it.');
    return;
  }
  await app.register(staticFiles, {
    root: dist,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.get('/*', { schema: { hide: true } as object }, (request, reply) => {
    const path = request.url.split('?')[0]!;
    if (/^\/api(\/|$)/.test(path) || /\.\w+$/.test(path)) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}
