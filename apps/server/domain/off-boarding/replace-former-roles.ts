import { sql } from 'kysely';
import { insertRoleAssignments } from '../access/assign-roles.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';

/** Whom to give which role in place of all that they had before they were deactivated. */
export interface FormerRoles {
  userId: string;
  userName: string;
  role: { id: string; name: string };
}

/** Takes all former roles but the chosen one, so that only what somebody chose comes back. */
export async function replaceFormerRoles(
  ctx: Context,
  changes: readonly FormerRoles[],
  reason: string | null,
): Promise<void> {
  const rows = changes.map(({ userId, role }) => ({ user_id: userId, role_id: role.id }));
  const taken = await sql<{ user_id: string; name: string }>`
    delete from role_assignments a
    using json_to_recordset(${JSON.stringify(rows)}::json) as c(user_id uuid, role_id uuid), roles r
    where a.organization_id = ${ctx.organizationId} and a.user_id = c.user_id
      and (a.role_id <> c.role_id or a.scope_kind <> 'organization' or a.valid_until is not null)
      and r.organization_id = a.organization_id and r.id = a.role_id
    returning a.user_id, r.name`.execute(ctx.tx);
  await insertRoleAssignments(
    ctx,
    changes.map(({ userId, role }) => ({ userId, roleId: role.id })),
  );
  const nameOf = new Map(changes.map(({ userId, userName }) => [userId, userName]));
  const had = (userId: string) => taken.rows.filter((row) => row.user_id === userId);
  const because = reason === null ? {} : { reason };
  await appendAuditEvents(ctx, [
    ...taken.rows.map(({ user_id, name }) => ({
      action: 'role.removed' as const,
      target: { kind: 'user' as const, id: user_id, name: nameOf.get(user_id)! },
      before: { role: name },
      ...because,
    })),
    ...changes
      .filter(({ userId }) => had(userId).length > 0)
      .map(({ userId, userName, role }) => ({
        action: 'role.assigned' as const,
        target: { kind: 'user' as const, id: userId, name: userName },
        after: { role: role.name },
        ...because,
      })),
  ]);
}
