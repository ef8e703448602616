import { AppError } from '../../platform/errors.ts';

/** The header with which an EventSource says where it was; null where it begins. */
export function lastEventId(header: string | string[] | undefined): number | null {
  if (header === undefined || header === '') return null;
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header);
  throw new AppError('malformed_request', {
    detail: 'Last-Event-ID must be the id of an event of this stream.',
  });
}
