import type { BuiltInRole } from '@rollcall/contract/permissions';
import { createBuiltInRoles } from '../access/built-in-roles.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';

export interface NewOrganization {
  name: string;
  timeZone?: string;
  language?: string;
}

/**
 * Makes an organization with its built-in roles. `ctx.organizationId` is the new organization's id and the
 * transaction is the owner's: the application's role cannot make tenants.
 */
export async function createOrganization(
  ctx: Context,
  input: NewOrganization,
): Promise<Record<BuiltInRole, string>> {
  await ctx.tx
    .insertInto('organizations')
    .values({
      id: ctx.organizationId,
      name: input.name,
      created_at: ctx.now,
      ...(input.timeZone ? { time_zone: input.timeZone } : {}),
      ...(input.language ? { language: input.language } : {}),
    })
    .execute();
  await ctx.tx.insertInto('organization_guards').values({ organization_id: ctx.organizationId }).execute();
  const roles = await createBuiltInRoles(ctx);
  await appendAuditEvents(ctx, [
    {
      action: 'organization.created',
      target: { kind: 'organization', id: ctx.organizationId, name: input.name },
      after: { name: input.name },
    },
  ]);
  return roles;
}
