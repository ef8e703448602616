import { z } from 'zod';
import { permissionNames } from './permissions.ts';

/** A role with what it allows. `key` names a built-in one, which cannot be changed. */
export const roleView = z
  .object({
    id: z.uuid(),
    key: z.enum(['administrator', 'agent']).nullable(),
    name: z.string(),
    description: z.string(),
    permissions: z.array(z.enum(permissionNames)),
    /** Active or invited users who have it at present. */
    holders: z.number().int(),
  })
  .meta({ id: 'Role' });

/** GET /roles. */
export const roleList = z.object({ items: z.array(roleView) }).meta({ id: 'Roles' });
export type RoleView = z.infer<typeof roleView>;
