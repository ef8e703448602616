import swagger from '@fastify/swagger';
import { errorCodes } from '@rollcall/contract/errors';
import { problem } from '@rollcall/contract/problem';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** Collects the routes that are registered after it into an OpenAPI 3.1 document, from their Zod schemas. */
export async function collectOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rollcall API',
        version: '1',
        description:
          'Everything that the dashboard does. Authenticate with `Authorization: Bearer rck_…` (Settings → API keys). ' +
          'Errors are problem+json (RFC 9457) with a `code` of the table at /api/docs/errors. Lists are paged by cursor. ' +
          'POST requests take an `Idempotency-Key`; changes take `If-Match` with the ETag that was read, and ' +
          '`Rollcall-Reason` (URI-encoded) with a reason or ticket for the audit.',
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'rollcall_session' },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transform: (document) => {
      const transformed = jsonSchemaTransform(document);
      const schema = transformed.schema as Record<string, unknown> & { response?: object };
      return document.url.startsWith('/api/v1/')
        ? {
            ...transformed,
            schema: { ...schema, response: { ...schema.response, default: problemResponse } },
          }
        : { ...transformed, schema: { ...schema, hide: true } };
    },
    transformObject: jsonSchemaTransformObject,
  });
}

const problemResponse = {
  description: 'An error (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${problem.meta()?.id}` } } },
};

/** Serves the OpenAPI, a page to browse it that loads nothing from elsewhere, and the table of errors. */
export async function serveDocumentation(app: FastifyInstance): Promise<void> {
  app.get('/api/v1/openapi.json', { schema: { hide: true } as object }, () => app.swagger());
  app.get('/api/docs/errors', { schema: { hide: true } as object }, () => errorCodes);
  const { default: reference } = await import('@scalar/fastify-api-reference');
  await app.register(reference, {
    routePrefix: '/api/docs',
    configuration: { url: '/api/v1/openapi.json', withDefaultFonts: false, telemetry: false },
    hooks: {
      onRequest(_request, reply, done) {
        // The page of the documentation carries its own inline script; nothing else of ours does.
        reply.header(
          'content-security-policy',
          "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'",
        );
        done();
      },
    },
  });
}
