import type { EndedKind, OffBoarding } from '@rollcall/contract/off-boarding';
import type { Effects } from './effects.ts';
import type { Leaver } from './read-leavers.ts';

type EndedItems = { kind: EndedKind; items: OffBoarding['ended'][number]['items'] };

/** Everything that ended for this user, in plain words, by kind. Kinds of which nothing was there are left out. */
export function describeEnded(effects: Effects, user: Leaver): EndedItems[] {
  const { ended, memberships, successor } = effects;
  const own = <T extends { userId: string }>(things: readonly T[]) =>
    things.filter((thing) => thing.userId === user.id);
  const numbers = own(ended.numbers);
  const all: EndedItems[] = [
    {
      kind: 'session',
      items: own(ended.sessions).map((session) => ({
        id: session.id,
        label: session.userAgent ?? 'Unknown device',
        detail: `Last seen ${session.lastSeenAt.toISOString()}${session.ip ? ` from ${session.ip}` : ''}`,
      })),
    },
    {
      kind: 'api_key',
      items: own(ended.keys).map((key) => ({
        id: key.id,
        label: `${key.name} (${key.hint})`,
        detail: key.lastUsedAt ? `Last used ${key.lastUsedAt.toISOString()}` : 'Never used',
      })),
    },
    {
      kind: 'link',
      items: own(ended.links).map((link) => ({
        id: link.id,
        label:
          link.purpose === 'password_reset'
            ? 'Link to set a new password'
            : 'Link to confirm a new e-mail address',
        detail: null,
      })),
    },
    {
      kind: 'invitation',
      items: own(ended.invitations).map(({ id, email }) => ({
        id,
        label: email ? `Invitation to ${email}` : 'Invitation',
        detail: 'Revoked',
      })),
    },
    {
      kind: 'group_routing',
      items:
        user.status === 'active'
          ? own(memberships).map((of) => ({
              id: of.groupId,
              label: of.groupName,
              detail: 'No calls through this group',
            }))
          : [],
    },
    {
      kind: 'number',
      items: numbers
        .filter((number) => number.use === 'assigned')
        .map(({ id, e164, becomes }) => ({
          id,
          label: e164,
          detail: becomes === 'handed_over' ? `Handed over to ${successor?.name}` : 'Free again',
        })),
    },
    {
      kind: 'default_number',
      items: numbers
        .filter((number) => number.use === 'default')
        .map(({ id, e164 }) => ({ id, label: e164, detail: 'No longer a default outbound number' })),
    },
    {
      kind: 'availability',
      items:
        user.availability === 'offline'
          ? []
          : [{ id: null, label: user.availability, detail: 'Set to offline' }],
    },
  ];
  return all.filter((of) => of.items.length > 0);
}

/** What a deactivation leaves in place. */
export function describeKept(effects: Effects, users: readonly Leaver[]): OffBoarding['kept'] {
  const ids = new Set(users.map((user) => user.id));
  const memberships = effects.memberships.filter((membership) => ids.has(membership.userId)).length;
  return [
    {
      kind: 'calls',
      count: null,
      text: 'Calls and recordings are kept and stay readable to administrators.',
    },
    {
      kind: 'history',
      count: null,
      text: 'The history of names, roles and groups, and the audit log, are kept.',
    },
    {
      kind: 'group_memberships',
      count: memberships,
      text: 'Group memberships stay on the agent but do not count for routing.',
    },
    {
      kind: 'roles',
      count: new Set(users.flatMap((user) => user.roles)).size,
      text: 'Roles stay noted and allow nothing; reactivating asks for the role anew.',
    },
    { kind: 'shared', count: null, text: 'Shared voicemail boxes and IVR assignments are not affected.' },
    { kind: 'crm_records', count: null, text: 'Records in the CRM are kept.' },
  ];
}

/** What nobody but a person can clean up. */
export function describeTasks(effects: Effects, users: readonly Leaver[]): { key: string; text: string }[] {
  const ids = new Set(users.map((user) => user.id));
  const of = users.map((user) => user.name).join(', ');
  const reports = users.reduce((sum, user) => sum + user.directReports, 0);
  const freed = effects.ended.numbers.filter(
    (number) => ids.has(number.userId) && number.becomes === 'freed',
  );
  const mine = new Set(effects.memberships.filter((one) => ids.has(one.userId)).map((one) => one.groupId));
  const empty = effects.groups.filter((group) => mine.has(group.id) && group.availableAfter === 0);
  return [
    {
      key: 'crm_mapping',
      text: `Remove ${of} from the user mapping of the CRM integration, and reassign open tasks and contacts there.`,
    },
    {
      key: 'identity_provider',
      text: `Check that the account of ${of} is disabled in the identity provider.`,
    },
    ...(empty.length > 0
      ? [
          {
            key: 'groups_without_member',
            text: `Add an available member to ${empty.map((group) => group.name).join(', ')}: nobody answers there.`,
          },
        ]
      : []),
    ...(freed.length > 0
      ? [
          {
            key: 'freed_numbers',
            text: `Assign the freed numbers ${freed.map((number) => number.e164).join(', ')} where they are still called.`,
          },
        ]
      : []),
    ...(reports > 0
      ? [{ key: 'direct_reports', text: `Name another manager for ${reports} agents who report to ${of}.` }]
      : []),
  ];
}
