import {
  logoMediaTypes,
  logoResult,
  organizationSettings,
  updateOrganizationInput,
} from '@rollcall/contract/organizations';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { forCaller, withCaller } from '../../edge/authenticate-request.ts';
import type { Deps } from '../../edge/deps.ts';
import { etagOf, readIfMatch } from '../../edge/if-match.ts';
import type { Api, Routes } from '../../edge/routes.ts';
import { deleteLogo, putLogo, readLogo } from './logo.ts';
import { readOrganization } from './read-organization.ts';
import { updateOrganization } from './update-organization.ts';

const tags = ['Organization'];
/** The bytes as they came; zod knows no Buffer that OpenAPI could describe. */
const image: z.ZodType<Buffer> = z.any().meta({ type: 'string', format: 'binary' });

export const organizationRoutes: Routes = (api, deps) => {
  api.get(
    '/organization',
    {
      schema: {
        summary: 'The settings of the organization',
        tags,
        response: { 200: organizationSettings },
      },
    },
    withCaller(deps, async (ctx, _request, reply) => {
      const settings = await readOrganization(ctx);
      reply.header('etag', etagOf(settings.version));
      return settings;
    }),
  );

  api.patch(
    '/organization',
    {
      schema: {
        summary: 'Change settings of the organization',
        tags,
        body: updateOrganizationInput,
        response: { 200: organizationSettings },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const settings = await updateOrganization(ctx, request.body, readIfMatch(request));
        reply.header('etag', etagOf(settings.version));
        return settings;
      }),
  );

  // In a scope of its own: nothing else takes an image as its body.
  api.register(async (scope) => logoRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps));
};

function logoRoutes(api: Api, deps: Deps): void {
  api.addContentTypeParser([...logoMediaTypes], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );

  api.get(
    '/organization/logo',
    { schema: { summary: 'The logo, as an image', tags } },
    withCaller(deps, async (ctx, _request, reply) => {
      const { mediaType, bytes } = await readLogo(ctx);
      return reply
        .header('content-type', mediaType)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(bytes);
    }),
  );

  api.put(
    '/organization/logo',
    {
      schema: {
        summary: 'Set the logo: the image (PNG, JPEG or WebP, at most 256 kB) is the body',
        tags,
        consumes: [...logoMediaTypes],
        body: image,
        response: { 200: logoResult },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => ({ logo: await putLogo(ctx, request.body) })),
  );

  api.delete(
    '/organization/logo',
    { schema: { summary: 'Remove the logo', tags, response: { 204: z.undefined() } } },
    withCaller(deps, async (ctx, _request, reply) => {
      await deleteLogo(ctx);
      reply.code(204);
    }),
  );
}
