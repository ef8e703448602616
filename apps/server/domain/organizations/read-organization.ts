import type { OrganizationSettings } from '@rollcall/contract/organizations';
import { sql } from 'kysely';
import { requirePermission } from '../access/require-permission.ts';
import type { Context } from '../context.ts';

/** The settings of the organization. */
export async function readOrganization(ctx: Context): Promise<OrganizationSettings> {
  requirePermission(ctx, 'organization:read');
  return selectOrganization(ctx);
}

/** As {@link readOrganization} without asking; `lock` holds the row until the commit. */
export async function selectOrganization(
  ctx: Context,
  options: { lock?: boolean } = {},
): Promise<OrganizationSettings> {
  const { rows } = await sql<Omit<OrganizationSettings, 'createdAt'> & { createdAt: Date }>`
    select o.id, o.name, o.time_zone as "timeZone", o.language, o.default_country as "defaultCountry",
      o.session_idle_minutes as "sessionIdleMinutes", o.session_absolute_hours as "sessionAbsoluteHours",
      o.reason_required as "reasonRequired", o.extension_from as "extensionFrom", o.extension_to as "extensionTo",
      o.created_at as "createdAt", o.version,
      (select '/api/v1/organization/logo?v=' || floor(extract(epoch from l.updated_at) * 1000)
        from organization_logos l where l.organization_id = o.id) as logo
    from organizations o where o.id = ${ctx.organizationId} ${options.lock ? sql`for update of o` : sql``}`.execute(
    ctx.tx,
  );
  const { createdAt, ...settings } = rows[0]!;
  return { ...settings, createdAt: createdAt.toISOString() };
}
