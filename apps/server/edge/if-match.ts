import type { FastifyRequest } from 'fastify';
import { AppError } from '../platform/errors.ts';

/** The entity tag of a version, as an `ETag` header wants it. */
export const etagOf = (version: number) => `"v${version}"`;

/**
 * The version that a change starts from, from its `If-Match` header (RFC 9110 §13.1.1).
 * @returns the version, or null for `*`: whatever stands there
 * @throws AppError `precondition_required` without one, `precondition_failed` where it is no tag of ours
 */
export function readIfMatch(request: FastifyRequest): number | null {
  const header = request.headers['if-match']?.trim();
  if (!header) {
    throw new AppError('precondition_required', {
      detail: 'Send the ETag that you have read in the header If-Match, so that nobody’s change is lost.',
    });
  }
  if (header === '*') return null;
  const version = /^"v(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined) {
    throw new AppError('precondition_failed', {
      detail:
        'The header If-Match holds no ETag of ours. Read again, and send the ETag as it came, such as "v3".',
    });
  }
  return Number(version);
}
