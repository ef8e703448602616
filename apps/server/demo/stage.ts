import type { Context } from '../domain/context.ts';

/** What a scene sees: who is there by now, and one transaction at its own time. */
export interface Stage {
  now: Date;
  passwordHash: string;
  ids: Map<string, string>;
  /** As the first administrator, at the scene's time. */
  act<T>(work: (ctx: Context) => Promise<T>, reason?: string): Promise<T>;
}
