import type { HomeSummary } from '@rollcall/contract/home';
import { sql } from 'kysely';
import { may } from '../access/require-permission.ts';
import { type AuditRow, auditColumns, toAuditEvent } from '../audit/audit-rows.ts';
import type { Context } from '../context.ts';
import { countStuckInvitations, listInvitations } from '../invitations/list-invitations.ts';
import { readHomeWarnings } from './read-home-warnings.ts';

/** What the first page shows, each part for who may see it. */
export async function readHome(ctx: Context, options: { sendsMail: boolean }): Promise<HomeSummary> {
  const seesUsers = may(ctx.actor, 'users:read');
  return {
    people: seesUsers ? await countPeople(ctx) : null,
    stuckInvitations: seesUsers ? await readStuckInvitations(ctx) : null,
    recentChanges: may(ctx.actor, 'audit:read') ? await readRecentChanges(ctx) : null,
    warnings: await readHomeWarnings(ctx, options),
  };
}

async function countPeople(ctx: Context): Promise<HomeSummary['people']> {
  const org = ctx.organizationId;
  const { rows } = await sql<{ key: string; count: number }>`
    select status as key, count(*) from users
    where organization_id = ${org} and withdrawn_at is null group by status
    union all
    select availability, count(*) from users
    where organization_id = ${org} and withdrawn_at is null and status = 'active' and availability <> 'offline'
    group by availability`.execute(ctx.tx);
  const countOf = new Map(rows.map(({ key, count }) => [key, count]));
  const count = (key: string) => countOf.get(key) ?? 0;
  return {
    scheduled: count('scheduled'),
    invited: count('invited'),
    active: count('active'),
    inactive: count('inactive'),
    online: count('online'),
    away: count('away'),
  };
}

async function readStuckInvitations(ctx: Context): Promise<HomeSummary['stuckInvitations']> {
  const { items } = await listInvitations(ctx, { stuck: true, limit: 10 });
  return {
    count: await countStuckInvitations(ctx),
    items: items.map((item) => ({
      userId: item.userId,
      name: item.userName,
      state: item.state,
      reason: item.reason ?? 'It waits.',
      since: item.expiredAt ?? item.bouncedAt ?? item.refusedAt ?? item.createdAt,
    })),
  };
}

/** The last ten changes; who signed in and out is none. */
async function readRecentChanges(ctx: Context): Promise<HomeSummary['recentChanges']> {
  const { rows } = await sql<AuditRow>`
    select ${auditColumns} from audit_events e
    left join audit_details d on d.organization_id = e.organization_id and d.event_id = e.id
    left join audit_chain c on c.organization_id = e.organization_id and c.event_id = e.id
    where e.organization_id = ${ctx.organizationId}
      and e.action <> all(array['session.started', 'session.refused', 'session.ended', 'user.availability_changed'])
    order by e.occurred_at desc, e.id desc limit 10`.execute(ctx.tx);
  return rows.map(toAuditEvent).map(({ id, occurredAt, action, actor, target }) => ({
    id,
    occurredAt,
    action,
    actorName: actor.name,
    targetKind: target.kind,
    targetId: target.id,
    targetName: target.name,
  }));
}
