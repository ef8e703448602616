import { type Permission, permissions } from '@rollcall/contract/permissions';
import { AppError } from '../../platform/errors.ts';
import type { Actor, Context, Reach } from '../context.ts';

/** Where the actor has this permission; null where nowhere. The one place that decides. */
export function reachOf(actor: Actor, permission: Permission): Reach | null {
  if (actor.kind === 'system') return 'organization';
  if (actor.kind === 'anonymous') return null;
  if (actor.grants === 'all') return 'organization';
  return actor.grants.get(permission) ?? null;
}

export function may(actor: Actor, permission: Permission): boolean {
  return reachOf(actor, permission) === 'organization';
}

/** The refusal of an actor without this permission in the whole organization; null where they have it. */
export function permissionFault(ctx: Context, permission: Permission): AppError | null {
  if (may(ctx.actor, permission)) return null;
  return new AppError('forbidden', {
    detail: `You need the permission “${permissions[permission]}” (${permission}). Ask an administrator.`,
  });
}

/** @throws AppError `forbidden` unless the actor has the permission in the whole organization. */
export function requirePermission(ctx: Context, permission: Permission): void {
  const fault = permissionFault(ctx, permission);
  if (fault) throw fault;
}
