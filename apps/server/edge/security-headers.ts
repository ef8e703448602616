import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/**
 * Sets helmet's headers on every answer. They depend on nothing but the public URL, so helmet is asked once and not
 * at every request.
 */
export function setSecurityHeaders(app: FastifyInstance, publicUrl: string): void {
  const headers: Record<string, string> = {};
  const collect = helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        upgradeInsecureRequests: null,
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  });
  const answer = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader() {},
  };
  collect({} as never, answer as never, () => {});
  app.addHook('onRequest', async (_request, reply) => void reply.headers(headers));
}
