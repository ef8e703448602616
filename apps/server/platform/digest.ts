import { createHash } from 'node:crypto';

/** A short name of a value's content: equal JSON, equal digest. The order of the keys counts. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 32);
}
