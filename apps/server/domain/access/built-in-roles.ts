import { type BuiltInRole, builtInRoles } from '@rollcall/contract/permissions';
import { newId } from '../../platform/ids.ts';
import type { Context } from '../context.ts';

/** Makes the built-in roles of a new organization. */
export async function createBuiltInRoles(ctx: Context): Promise<Record<BuiltInRole, string>> {
  const ids = { administrator: newId(), agent: newId() };
  const entries = Object.entries(builtInRoles) as [BuiltInRole, (typeof builtInRoles)[BuiltInRole]][];
  await ctx.tx
    .insertInto('roles')
    .values(
      entries.map(([key, role]) => ({
        organization_id: ctx.organizationId,
        id: ids[key],
        key,
        name: role.name,
        description: role.description,
      })),
    )
    .execute();
  await ctx.tx
    .insertInto('role_permissions')
    .values(
      entries.flatMap(([key, role]) =>
        role.permissions.map((permission) => ({
          organization_id: ctx.organizationId,
          role_id: ids[key],
          permission,
        })),
      ),
    )
    .execute();
  return ids;
}
