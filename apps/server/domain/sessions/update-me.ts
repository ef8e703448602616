import type { UpdateMeInput } from '@rollcall/contract/sessions';
import { sql } from 'kysely';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { requirePerson } from './require-person.ts';

interface Profile {
  firstName: string;
  lastName: string;
  locale: string | null;
  timeZone: string | null;
}

/** Changes one's own name, language and time zone; what is left out stays. */
export async function updateMe(ctx: Context, input: UpdateMeInput): Promise<void> {
  const { userId } = requirePerson(ctx);
  const { rows } = await sql<Profile>`
    select first_name as "firstName", last_name as "lastName", locale, time_zone as "timeZone"
    from users where organization_id = ${ctx.organizationId} and id = ${userId} for no key update`.execute(
    ctx.tx,
  );
  const before = rows[0]!;
  const after: Profile = { ...before, ...input };
  const changed = (Object.keys(before) as (keyof Profile)[]).filter((key) => before[key] !== after[key]);
  if (changed.length === 0) return;
  await sql`
    update users set first_name = ${after.firstName}, last_name = ${after.lastName}, locale = ${after.locale},
      time_zone = ${after.timeZone}, updated_at = ${ctx.now}, version = version + 1
    where organization_id = ${ctx.organizationId} and id = ${userId}`.execute(ctx.tx);
  const only = (profile: Profile) => Object.fromEntries(changed.map((key) => [key, profile[key]]));
  await appendAuditEvents(ctx, [
    {
      action: 'user.updated',
      target: { kind: 'user', id: userId, name: `${after.firstName} ${after.lastName}`.trim() },
      before: only(before),
      after: only(after),
    },
  ]);
}
