import type { AppError } from '../platform/errors.ts';

/** What became of one input of a set; in the order of the inputs. A refused one never hinders the others. */
export type Outcome<T = object> = ({ ok: true } & T) | { ok: false; error: AppError };

/** The outcome of a set of one. @throws AppError where it was refused */
export function unwrap<T>(outcomes: readonly Outcome<T>[]): { ok: true } & T {
  const outcome = outcomes[0]!;
  if (!outcome.ok) throw outcome.error;
  return outcome;
}
