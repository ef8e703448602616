import cookie from '@fastify/cookie';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { roleRoutes } from './domain/access/list-roles.routes.ts';
import { apiKeyRoutes } from './domain/api-keys/api-keys.routes.ts';
import { auditRoutes } from './domain/audit/audit.routes.ts';
import { groupRoutes } from './domain/groups/groups.routes.ts';
import { homeRoutes } from './domain/home/home.routes.ts';
import { importRoutes } from './domain/imports/imports.routes.ts';
import { invitationRoutes } from './domain/invitations/invitations.routes.ts';
import { liveRoutes } from './domain/live/live.routes.ts';
import { mailRoutes } from './domain/mails/mails.routes.ts';
import { numberRoutes } from './domain/numbers/numbers.routes.ts';
import { offBoardingRoutes } from './domain/off-boarding/off-boarding.routes.ts';
import { operationRoutes } from './domain/operations/operations.routes.ts';
import { organizationRoutes } from './domain/organizations/organizations.routes.ts';
import { setUpRoutes } from './domain/organizations/setup.routes.ts';
import { passwordRoutes } from './domain/sessions/passwords.routes.ts';
import { sessionListRoutes } from './domain/sessions/session-list.routes.ts';
import { sessionRoutes } from './domain/sessions/sessions.routes.ts';
import { savedViewRoutes } from './domain/users/saved-views.routes.ts';
import { userProfileRoutes } from './domain/users/user-profile.routes.ts';
import { userRoutes } from './domain/users/users.routes.ts';
import { webhookRoutes } from './domain/webhooks/webhooks.routes.ts';
import type { Deps } from './edge/deps.ts';
import { collectOpenApi, serveDocumentation } from './edge/documentation.ts';
import { serveHealth } from './edge/health.ts';
import { writeRateLimit } from './edge/limit-requests.ts';
import { serveMetrics } from './edge/metrics.ts';
import type { Routes } from './edge/routes.ts';
import { setSecurityHeaders } from './edge/security-headers.ts';
import { writeResponses } from './edge/serialise-responses.ts';
import { serveDashboard } from './edge/serve-dashboard.ts';
import { serialiseErrorsAsProblems, serialiseFrameworkError } from './platform/http/serialise-errors.ts';
import { newId } from './platform/ids.ts';

/** One entry a domain, in the order of the documentation. */
const domainRoutes: Routes[] = [
  setUpRoutes,
  sessionRoutes,
  sessionListRoutes,
  passwordRoutes,
  apiKeyRoutes,
  organizationRoutes,
  roleRoutes,
  auditRoutes,
  liveRoutes,
  webhookRoutes,
  homeRoutes,
  userRoutes,
  userProfileRoutes,
  savedViewRoutes,
  invitationRoutes,
  mailRoutes,
  importRoutes,
  groupRoutes,
  numberRoutes,
  offBoardingRoutes,
  operationRoutes,
];

export interface AppOptions {
  logger?: FastifyBaseLogger;
  trustedProxies?: string[];
  /** How answers are written; tests check them on the way. */
  serialise?: typeof writeResponses;
  /** Lets somebody from elsewhere read `/metrics`. */
  metricsToken?: string;
}

/** Builds the HTTP application; the same for `main.ts`, for every test and for writing the OpenAPI. */
export async function buildApp(deps: Deps, options: AppOptions = {}) {
  const app = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : {}),
    trustProxy: options.trustedProxies?.length ? options.trustedProxies : false,
    genReqId: () => newId(),
    frameworkErrors: serialiseFrameworkError,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_048_576,
    routerOptions: { maxParamLength: 300 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(options.serialise ?? writeResponses);
  serialiseErrorsAsProblems(app as never);
  await app.register(cookie);
  setSecurityHeaders(app as never, deps.installation.publicUrl);
  app.addHook('onResponse', async (request, reply) => {
    const { method, url, ip } = request;
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info(
      { method, url: url.split('?')[0], status: reply.statusCode, milliseconds, ip },
      'answered',
    );
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    writeRateLimit(request, reply);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  await collectOpenApi(app as never);
  serveHealth(app as never, deps);
  serveMetrics(app as never, deps, options.metricsToken);
  await app.register(
    async (api) => {
      for (const routes of domainRoutes) routes(api.withTypeProvider<ZodTypeProvider>(), deps);
    },
    { prefix: '/api/v1' },
  );
  await serveDocumentation(app as never);
  await serveDashboard(app as never);
  return app;
}

export type App = Awaited<ReturnType<typeof buildApp>>;
