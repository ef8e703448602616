import { sql } from 'kysely';
import { createApiKey } from '../domain/api-keys/create-api-key.ts';
import { actingAs, type Context } from '../domain/context.ts';
import { createGroup } from '../domain/groups/create-group.ts';
import { acceptInvitation } from '../domain/invitations/accept-invitation.ts';
import { noteMailOutcomes } from '../domain/invitations/note-mail-outcome.ts';
import { expireInvitations } from '../domain/invitations/tend-invitations.ts';
import { visitInvitation } from '../domain/invitations/visit-invitation.ts';
import { revokeInvitations } from '../domain/invitations/void-invitations.ts';
import { noteAttempts } from '../domain/mails/note-attempts.ts';
import { openMailContent } from '../domain/mails/seal-mail-content.ts';
import { createNumber } from '../domain/numbers/create-number.ts';
import { deactivateUsers } from '../domain/off-boarding/deactivate-users.ts';
import { reactivateUsers } from '../domain/off-boarding/reactivate-users.ts';
import { unwrap } from '../domain/outcome.ts';
import { startSession } from '../domain/sessions/start-session.ts';
import { changeRoles } from '../domain/users/change-roles.ts';
import { createUsers } from '../domain/users/create-users.ts';
import { saveView } from '../domain/users/saved-views.ts';
import { setAvailability } from '../domain/users/set-availability.ts';
import { readSecret } from '../platform/secrets.ts';
import { addressOf, groups, type Hire, hires, type invited, leavers } from './people.ts';
import type { Stage } from './stage.ts';

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }) =>
  `${firstName} ${lastName}`;

export async function openGroupsAndNumbers(stage: Stage): Promise<void> {
  await stage.act(async (ctx) => {
    for (const [index, group] of groups.entries()) {
      const { id } = await createGroup(ctx, group);
      stage.ids.set(group.name, id);
      await createNumber(ctx, { e164: `+49304040${1000 + index}`, label: `${group.name} line`, groupId: id });
    }
  });
}

export async function hire(stage: Stage, people: readonly Hire[]): Promise<void> {
  await stage.act(async (ctx) => {
    const outcomes = await createUsers(
      ctx,
      people.map((person) => ({
        firstName: person.firstName,
        lastName: person.lastName,
        email: addressOf(person.firstName, person.lastName),
        role: 'agent',
        groupIds: [stage.ids.get(person.group)!],
        department: person.group === 'Sales' ? 'Sales' : 'Customer care',
        title: person.title,
        site: person.group === 'Kundendienst' ? 'Hamburg' : 'Dublin',
        timeZone: 'Europe/Berlin',
      })),
    );
    for (const [index, outcome] of outcomes.entries())
      stage.ids.set(nameOf(people[index]!), unwrap([outcome]).user.id);
  });
  await stage.act((ctx) => noteSent(ctx, 'sent'));
}

export async function accept(stage: Stage, people: readonly Hire[]): Promise<void> {
  for (const person of people) {
    await stage.act(async (ctx) => {
      const { hash } = readSecret('rci', tokens.get(stage.ids.get(nameOf(person))!)!)!;
      await visitInvitation(ctx, hash);
      const nobody = actingAs(ctx, { kind: 'anonymous', ip: '192.0.2.44' });
      await acceptInvitation(nobody, hash, {
        ...person,
        passwordHash: stage.passwordHash,
        timeZone: 'Europe/Berlin',
      });
    });
  }
}

/** The tokens of the invitations' links, which nobody can read once their mails have gone out. */
const tokens = new Map<string, string>();

/** The mail server's part: takes every mail that waits, or says why it does not. */
async function noteSent(
  ctx: Context,
  outcome: 'sent' | 'refused' | 'bounced',
  words = '250 2.0.0 Ok',
): Promise<void> {
  const { rows } = await sql<{ id: string; user_id: string; invitation_id: string; content: Buffer }>`
    select id, user_id, invitation_id, content from mails
    where organization_id = ${ctx.organizationId} and state = 'queued' and invitation_id is not null`.execute(
    ctx.tx,
  );
  for (const { id, user_id, content } of rows) {
    const { link } = openMailContent(ctx, id, content) as { link: string };
    tokens.set(user_id, link.split('token=')[1]!);
  }
  const results = rows.map(({ id }) => ({
    mailId: id,
    words,
    outcome: outcome === 'refused' ? 'refused' : 'sent',
  }));
  await noteAttempts(ctx, results as Parameters<typeof noteAttempts>[1]);
  const invitations = rows.map(({ invitation_id: invitationId }) => ({ invitationId, outcome, words }));
  await noteMailOutcomes(ctx, invitations);
}

export async function makeAdministrator(stage: Stage, name: string): Promise<void> {
  await stage.act(
    async (ctx) =>
      void unwrap(await changeRoles(ctx, [{ userId: stage.ids.get(name)!, role: 'administrator' }])),
    'OPS-77: second line for the administration',
  );
}

export async function leave(stage: Stage, { name, reason }: { name: string; reason: string }): Promise<void> {
  const id = stage.ids.get(name)!;
  await stage.act(async (ctx) => {
    await startSession(
      asPerson(ctx, { id, name, ip: '192.0.2.61' }),
      { id, name },
      { ip: '192.0.2.61', userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/145.0' },
    );
  });
  await stage.act(async (ctx) => void unwrap(await deactivateUsers(ctx, [id], { reason })), reason);
}

export async function comeBack(
  stage: Stage,
  { name, reason }: { name: string; reason: string },
): Promise<void> {
  const userId = stage.ids.get(name)!;
  await stage.act(
    async (ctx) => void unwrap(await reactivateUsers(ctx, [{ userId, role: 'agent' }], { reason })),
    reason,
  );
}

const words = {
  refused: '550 5.1.1 <isla.fraser@harbour-calls.example>: Recipient address rejected: User unknown',
  bounced: '5.2.2 The mailbox is full',
};

export async function invite(stage: Stage, person: (typeof invited)[number]): Promise<void> {
  const { firstName, lastName, state } = person;
  const email = addressOf(firstName, lastName);
  const userId = await stage.act(async (ctx) => {
    const groupIds = [stage.ids.get('Support')!];
    return unwrap(await createUsers(ctx, [{ firstName, lastName, email, role: 'agent', groupIds }])).user.id;
  });
  await stage.act((ctx) => noteSent(ctx, state === 'refused' ? 'refused' : 'sent', words.refused));
  if (state === 'bounced') {
    await stage.act(async (ctx) => {
      const { rows } = await sql<{ id: string }>`
        select id from invitations where organization_id = ${ctx.organizationId} and user_id = ${userId}`.execute(
        ctx.tx,
      );
      await noteMailOutcomes(ctx, [{ invitationId: rows[0]!.id, outcome: 'bounced', words: words.bounced }]);
    });
  }
  if (state === 'visited')
    await stage.act((ctx) => visitInvitation(ctx, readSecret('rci', tokens.get(userId)!)!.hash));
  if (state === 'revoked') await stage.act(async (ctx) => void (await revokeInvitations(ctx, [userId])));
}

export async function planAStart(stage: Stage): Promise<void> {
  const startDate = new Date(stage.now.getTime() + 12 * 86_400_000).toISOString().slice(0, 10);
  await stage.act(async (ctx) => {
    const person = { firstName: 'Mina', lastName: 'Sorokin', email: addressOf('Mina', 'Sorokin') };
    unwrap(
      await createUsers(ctx, [{ ...person, role: 'agent', startDate, groupIds: [stage.ids.get('Sales')!] }]),
    );
    await createNumber(ctx, {
      e164: '+493040402000',
      label: 'Direct line',
      userId: stage.ids.get('Maja Kowalska')!,
    });
    await createNumber(ctx, { e164: '+493040402001', label: 'Spare line' });
  });
}

export async function makeKeysAndViews(stage: Stage): Promise<void> {
  const expiresAt = new Date(stage.now.getTime() + 90 * 86_400_000).toISOString();
  await stage.act(async (ctx) => {
    await createApiKey(ctx, {
      name: 'Workforce planning',
      permissions: ['groups:read', 'users:read'],
      expiresAt,
    });
    await createApiKey(ctx, { name: 'SIEM', permissions: ['audit:read'], expiresAt });
    await saveView(ctx, {
      name: 'Stuck invitations',
      query: 'invitationState=refused&invitationState=bounced',
      columns: ['firstName', 'lastName', 'email', 'status', 'groups', 'invitationState'],
    });
    await saveView(ctx, {
      name: 'Customer care, active',
      query: 'status=active&department=Customer%20care',
      columns: ['firstName', 'lastName', 'email', 'status', 'groups', 'invitationState'],
    });
  });
}

/** This morning: who signed in, who takes calls; what has run out. */
export async function startTheDay(stage: Stage): Promise<void> {
  await stage.act(async (ctx) => void (await expireInvitations(ctx)));
  const gone = new Set(leavers.map(({ name }) => name));
  const present = hires.filter((person) => !gone.has(nameOf(person))).filter((_, index) => index % 5 !== 4);
  for (const [index, person] of present.entries()) {
    const id = stage.ids.get(nameOf(person))!;
    await stage.act(async (ctx) => {
      const client = { ip: `192.0.2.${60 + index}`, userAgent: 'Mozilla/5.0 (Macintosh) Chrome/142.0' };
      const name = nameOf(person);
      const self = asPerson(ctx, { id, name, ip: client.ip });
      await startSession(self, { id, name }, client);
      const away = index % 6 === 5;
      await setAvailability(
        self,
        id,
        away ? { availability: 'away', awayReason: 'Training' } : { availability: 'online' },
      );
    });
  }
}

/** What people do for themselves, and no administrator for them. */
function asPerson(ctx: Context, { id, name, ip }: { id: string; name: string; ip: string }): Context {
  return actingAs(ctx, { kind: 'user', userId: id, sessionId: '', name, grants: new Map(), ip });
}
