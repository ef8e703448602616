import type { OrganizationSettings, UpdateOrganizationInput } from '@rollcall/contract/organizations';
import { sql } from 'kysely';
import { AppError, invalidField } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { selectOrganization } from './read-organization.ts';

/** Changes settings of the organization; `version` is the one that the caller has seen, null for any. */
export async function updateOrganization(
  ctx: Context,
  input: UpdateOrganizationInput,
  version: number | null,
): Promise<OrganizationSettings> {
  requirePermission(ctx, 'organization:update');
  const before = await selectOrganization(ctx, { lock: true });
  if (version !== null && before.version !== version) {
    throw new AppError('precondition_failed', {
      detail: 'Somebody else changed the settings in the meantime. Look at the present ones and try again.',
      context: { current: before },
    });
  }
  const after = { ...before, ...input };
  if (after.extensionFrom > after.extensionTo) {
    throw invalidField(
      'extensionTo',
      `The range of extensions ends (${after.extensionTo}) before it begins (${after.extensionFrom}).`,
      'Enter a last extension that is not below the first.',
    );
  }
  const changed = (Object.keys(input) as (keyof UpdateOrganizationInput)[]).filter(
    (key) => before[key] !== after[key],
  );
  if (changed.length === 0) return before;
  await sql`
    update organizations set name = ${after.name}, time_zone = ${after.timeZone}, language = ${after.language},
      default_country = ${after.defaultCountry}, session_idle_minutes = ${after.sessionIdleMinutes},
      session_absolute_hours = ${after.sessionAbsoluteHours}, reason_required = ${after.reasonRequired},
      extension_from = ${after.extensionFrom}, extension_to = ${after.extensionTo}, version = version + 1
    where id = ${ctx.organizationId}`.execute(ctx.tx);
  const only = (settings: OrganizationSettings) =>
    Object.fromEntries(changed.map((key) => [key, settings[key]]));
  await appendAuditEvents(ctx, [
    {
      action: 'organization.updated',
      target: { kind: 'organization', id: ctx.organizationId, name: after.name },
      before: only(before),
      after: only(after),
    },
  ]);
  return { ...after, version: before.version + 1 };
}
