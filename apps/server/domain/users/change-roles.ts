import type { RoleReference } from '@rollcall/contract/users';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { insertRoleAssignments } from '../access/assign-roles.ts';
import {
  findLastAdministrators,
  holdAdministratorGuard,
  lastAdministrator,
} from '../access/guard-last-administrator.ts';
import { requirePermission } from '../access/require-permission.ts';
import { requireReason } from '../access/require-reason.ts';
import { type AuditEntry, appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { announceEndedAccess } from '../sessions/announce-ended-access.ts';
import { fieldsFault, noSuch } from './check-new-user.ts';
import { noSuchUser } from './read-user.ts';
import { type FoundRole, resolveReferences } from './resolve-references.ts';

export interface RoleChange {
  userId: string;
  role: RoleReference;
  /** The version that the change starts from; without one, whatever stands there. */
  ifVersion?: number | null;
}

interface Holder {
  id: string;
  name: string;
  version: number;
  held: FoundRole[];
}
type Change = { holder: Holder; role: FoundRole };
type RoleOutcome = Outcome<{ userId: string; changed: boolean }>;

/**
 * Replaces what roles these users have in the whole organization by one each. In a set, whoever would be the last
 * administrator is refused (`last_administrator`) and the others change.
 * @throws AppError `forbidden` without `roles:assign`, `reason_required`
 */
export async function changeRoles(
  ctx: Context,
  changes: readonly RoleChange[],
  options: { reason?: string | null } = {},
): Promise<RoleOutcome[]> {
  requirePermission(ctx, 'roles:assign');
  const reason = await requireReason(ctx, options.reason);
  const userIds = changes.map(({ userId }) => userId);
  const guarded = await holdAdministratorGuard(ctx, userIds);
  const holders = await lockHolders(ctx, userIds);
  const found = await resolveReferences(ctx, { roles: changes.map(({ role }) => role) });
  const checked = changes.map((change) => checkChange(change, holders, found.role(change.role)));
  const wanted = checked.filter((item): item is Change => !(item instanceof AppError) && !isHeldAlone(item));
  await insertRoleAssignments(
    ctx,
    wanted.map(({ holder, role }) => ({ userId: holder.id, roleId: role.id })),
  );
  const demoted = wanted.filter(({ role }) => role.key !== 'administrator').map(({ holder }) => holder.id);
  // Counted after the new roles stand, so that an administrator may make another one and step down in one set.
  const last = guarded ? await findLastAdministrators(ctx, demoted) : new Set<string>();
  const applied = wanted.filter(({ holder }) => !last.has(holder.id));
  await removeOtherRoles(ctx, wanted, last);
  await announceEndedAccess(ctx, { userIds: applied.map(({ holder }) => holder.id) });
  await appendAuditEvents(
    ctx,
    applied.flatMap((change) => describe(change, reason)),
  );
  return checked.map((item): RoleOutcome => {
    if (item instanceof AppError) return { ok: false, error: item };
    const { id } = item.holder;
    return last.has(id)
      ? { ok: false, error: lastAdministrator() }
      : { ok: true, userId: id, changed: applied.includes(item) };
  });
}

async function lockHolders(ctx: Context, userIds: readonly string[]): Promise<Map<string, Holder>> {
  await sql`
    select 1 from users where organization_id = ${ctx.organizationId} and id = any(${[...userIds]}::uuid[])
    order by id for no key update`.execute(ctx.tx);
  const { rows } = await sql<Holder>`
    select u.id, btrim(u.first_name || ' ' || u.last_name) as name, u.version,
      coalesce((select json_agg(json_build_object('id', r.id, 'key', r.key, 'name', r.name)) from role_assignments a
        join roles r on r.organization_id = a.organization_id and r.id = a.role_id
        where a.organization_id = u.organization_id and a.user_id = u.id and a.scope_kind = 'organization'), '[]') as held
    from users u
    where u.organization_id = ${ctx.organizationId} and u.id = any(${[...userIds]}::uuid[]) and u.withdrawn_at is null`.execute(
    ctx.tx,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function checkChange(
  change: RoleChange,
  holders: Map<string, Holder>,
  role: FoundRole | undefined,
): Change | AppError {
  const holder = holders.get(change.userId);
  if (!holder) return noSuchUser();
  if (!role) return fieldsFault([noSuch('role', 'role')]);
  if (change.ifVersion == null || change.ifVersion === holder.version) return { holder, role };
  return new AppError('precondition_failed', {
    detail:
      'Somebody else has changed this agent since you read it. Look at it again, then repeat your change.',
  });
}

const isHeldAlone = ({ holder, role }: Change) => holder.held.length === 1 && holder.held[0]!.id === role.id;

/** Takes the former roles; from whom the last administrator must stay, the one that was just given. */
async function removeOtherRoles(
  ctx: Context,
  wanted: readonly Change[],
  last: ReadonlySet<string>,
): Promise<void> {
  if (wanted.length === 0) return;
  const kept = wanted.map(({ holder, role }) => ({
    user_id: holder.id,
    role_ids: last.has(holder.id) ? holder.held.map(({ id }) => id) : [role.id],
  }));
  await sql`
    with kept as (select * from json_to_recordset(${JSON.stringify(kept)}::json) as k(user_id uuid, role_ids uuid[]))
    delete from role_assignments a using kept k
    where a.organization_id = ${ctx.organizationId} and a.user_id = k.user_id and a.scope_kind = 'organization'
      and a.role_id <> all(k.role_ids)`.execute(ctx.tx);
  const changed = wanted.map(({ holder }) => holder.id).filter((id) => !last.has(id));
  await sql`
    update users set version = version + 1, updated_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = any(${changed}::uuid[])`.execute(ctx.tx);
}

function describe({ holder, role }: Change, reason: string | null): AuditEntry[] {
  const target = { kind: 'user', id: holder.id, name: holder.name } as const;
  const why = reason === null ? {} : { reason };
  const gone = holder.held.filter(({ id }) => id !== role.id);
  return [
    ...(gone.length === holder.held.length
      ? [{ action: 'role.assigned', target, after: { role: role.name }, ...why } as const]
      : []),
    ...gone.map(({ name }) => ({ action: 'role.removed', target, before: { role: name }, ...why }) as const),
  ];
}
