import { AppError } from '../../platform/errors.ts';
import type { Actor, Context } from '../context.ts';

/**
 * The person of a session. Passwords, addresses, sessions and keys are a person's own affair: an API key that leaked
 * must not be able to make itself at home.
 * @throws AppError `forbidden`
 */
export function requirePerson(ctx: Context): Extract<Actor, { kind: 'user' }> {
  if (ctx.actor.kind === 'user') return ctx.actor;
  throw new AppError('forbidden', {
    detail: 'This needs a session: an API key cannot change how somebody signs in. Sign in to the dashboard.',
  });
}
