import { type ErrorCode, errorCodes } from '@rollcall/contract/errors';
import type { Problem } from '@rollcall/contract/problem';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError } from '../errors.ts';
import { fieldErrorsOf } from './field-errors.ts';

/** Answers every error of this scope as `application/problem+json` (RFC 9457); what is unknown tells nothing. */
export function serialiseErrorsAsProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    send(toAppError(error, request), request, reply),
  );
  app.setNotFoundHandler((request, reply) =>
    send(
      new AppError('not_found', {
        detail: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
      }),
      request,
      reply,
    ),
  );
}

/** For what goes wrong before a request has a route, such as a path with a broken percent-encoding. */
export function serialiseFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.header('x-request-id', request.id);
  send(toAppError(error, request), request, reply);
}

function send(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.status >= 500) request.log.error({ err: error.cause ?? error }, error.message);
  const body: Problem = {
    type: `/api/docs/errors#${error.code}`,
    title: errorCodes[error.code].title,
    status: error.status,
    code: error.code,
    requestId: request.id,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.fields.length === 0 ? {} : { errors: error.fields }),
    ...(error.context === undefined ? {} : { context: error.context }),
  };
  const retryAfter = error.context?.retryAfterSeconds;
  if (typeof retryAfter === 'number') reply.header('retry-after', Math.ceil(retryAfter));
  if (error.status === 401) reply.header('www-authenticate', 'Bearer realm="Rollcall"');
  return reply
    .code(error.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

const byFastifyCode: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_REQ_FILE_TOO_LARGE: 'file_too_large',
};

/** The limit or the kind that was meant, where that is the route's own. */
function inWords(code: ErrorCode, { routeOptions }: FastifyRequest): string | undefined {
  if (code === 'payload_too_large') {
    const kilobytes = Math.floor((routeOptions.bodyLimit ?? 0) / 1024);
    const limit = kilobytes < 1024 ? `${kilobytes} kB` : `${Math.floor(kilobytes / 1024)} MB`;
    return `The body of the request is larger than ${limit}. Send less at once.`;
  }
  if (code === 'unsupported_media_type') {
    const { consumes = ['application/json'] } = (routeOptions.schema ?? {}) as { consumes?: string[] };
    return `Send the body as ${consumes.join(' or ')}, and say so in the header Content-Type.`;
  }
  return undefined;
}

function toAppError(
  error: Error & { code?: string; statusCode?: number },
  request: FastifyRequest,
): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = fieldErrorsOf(error.validation);
    return new AppError('invalid_input', { detail: fields.map((field) => field.message).join(' '), fields });
  }
  const known = byFastifyCode[error.code ?? ''];
  if (known) return new AppError(known, { detail: inWords(known, request) ?? error.message });
  // PostgreSQL has no NUL in its texts.
  if (error.code === '22021' || error.code === '22P05')
    return new AppError('invalid_input', {
      detail: 'The input has a NUL character, which no text may have. Remove it.',
    });
  if (error.code === '40P01' || error.code === '40001' || error.code === '55P03')
    return new AppError('try_again', { cause: error });
  if (isConnectionFailure(error))
    return new AppError('unavailable', {
      detail: 'The database is not reachable. Try again in a moment.',
      cause: error,
    });
  if (error.statusCode && error.statusCode < 500)
    return new AppError('malformed_request', { detail: error.message });
  return new AppError('internal', { cause: error });
}

function isConnectionFailure(error: { code?: string; message: string }): boolean {
  return (
    [
      'ECONNREFUSED',
      'ECONNRESET',
      'ENOENT',
      'EPIPE',
      '57P01',
      '57P02',
      '57P03',
      '08006',
      '08001',
      '08003',
    ].includes(error.code ?? '') ||
    /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/.test(
      error.message,
    )
  );
}
