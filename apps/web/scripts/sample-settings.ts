import type { ApiKeyView } from '@rollcall/contract/api-keys';
import type { GroupMember, GroupView } from '@rollcall/contract/groups';
import type { HomeSummary } from '@rollcall/contract/home';
import type { MailOverview, MailRow } from '@rollcall/contract/mails';
import type { NumberView } from '@rollcall/contract/numbers';
import type { OrganizationSettings } from '@rollcall/contract/organizations';
import { builtInRoles } from '@rollcall/contract/permissions';
import type { RoleView } from '@rollcall/contract/roles';
import type { SessionView } from '@rollcall/contract/sessions';

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const page = <Item>(items: Item[]) => ({ items, nextCursor: null });

const home: HomeSummary = {
  people: { scheduled: 2, invited: 5, active: 48, inactive: 7, online: 31, away: 6 },
  stuckInvitations: {
    count: 2,
    items: [
      {
        userId: 'u7',
        name: 'Grace Hopper',
        state: 'refused',
        reason: 'The mail server refused the mail: “550 No such user”. Correct the address.',
        since: ago(90),
      },
      {
        userId: 'u8',
        name: 'Maximiliane von Hohenzollern-Sigmaringen',
        state: 'expired',
        reason: 'Nobody accepted it within 7 days. Send it again.',
        since: ago(3000),
      },
    ],
  },
  recentChanges: (['user.created', 'group.member_added', 'role.assigned'] as const).map((action, index) => ({
    id: `e${index}`,
    occurredAt: ago(5 + index * 40),
    action,
    actorName: 'Ada Lovelace',
    targetKind: 'user',
    targetId: 'u9',
    targetName: 'Alan Turing',
  })),
  warnings: [{ code: 'only_one_administrator', message: '', remedy: '' }],
};

const group: GroupView = {
  id: 'g1',
  version: 3,
  name: 'Support DACH',
  ringStrategy: 'round_robin',
  memberCount: 3,
  availableCount: 2,
  onlineCount: 1,
  createdAt: ago(90_000),
  numbers: [{ id: 'n1', e164: '+4930901820', label: 'Main line' }],
};
const groups = [
  group,
  { ...group, id: 'g2', name: 'Night shift', memberCount: 0, availableCount: 0, onlineCount: 0 },
];

const members: GroupMember[] = ['Alan Turing', 'Grace Hopper', 'Søren Kierkegaard'].map((name, index) => ({
  userId: `u${index}`,
  firstName: name.split(' ')[0] ?? '',
  lastName: name.split(' ')[1] ?? '',
  signInName: `${index}@northwind.example`,
  status: index === 2 ? 'invited' : 'active',
  availability: index === 0 ? 'online' : 'away',
  available: index < 2,
  position: index,
  addedAt: ago(9_000),
}));

const number: NumberView = {
  id: 'n1',
  version: 1,
  e164: '+4930901820',
  label: 'Main line',
  user: null,
  group: { id: 'g1', name: 'Support DACH' },
  defaultOf: 3,
  createdAt: ago(90_000),
};

const settings: OrganizationSettings = {
  id: 'o1',
  name: 'Northwind Call Centre',
  timeZone: 'Europe/Berlin',
  language: 'en',
  defaultCountry: 'DE',
  sessionIdleMinutes: 720,
  sessionAbsoluteHours: 168,
  reasonRequired: true,
  extensionFrom: 1000,
  extensionTo: 1999,
  logo: null,
  createdAt: ago(90_000),
  version: 4,
};

const roles: RoleView[] = (['administrator', 'agent'] as const).map((key) => {
  const { name, description, permissions } = builtInRoles[key];
  return {
    id: key,
    key,
    name,
    description,
    permissions: [...permissions],
    holders: key === 'agent' ? 46 : 2,
  };
});

const apiKey: ApiKeyView = {
  id: 'k1',
  name: 'HR system sync',
  hint: 'x9Qe',
  permissions: ['users:read', 'users:create'],
  user: { id: 'u1', name: 'Ada Lovelace' },
  createdAt: ago(9_000),
  expiresAt: ago(-9_000),
  lastUsedAt: ago(12),
  expired: false,
};

const mail: MailRow = {
  id: 'm1',
  template: 'invitation',
  to: 'gone@contoso.example',
  state: 'refused',
  attempts: 1,
  words: '550 5.1.1 Recipient address rejected: User unknown',
  userId: 'u7',
  createdAt: ago(90),
  lastAttemptAt: ago(89),
  nextAttemptAt: null,
  sentAt: null,
};
const overview: MailOverview = {
  configured: true,
  from: 'Northwind <calls@northwind.example>',
  bouncesTo: null,
  bounceMailbox: false,
  dkim: { domain: 'northwind.example', selector: 'rc1' },
  counts: { queued: 1, deferred: 0, sent: 184, refused: 1, bounced: 0, kept: 0, cancelled: 4 },
  oldestWaitingAt: ago(2),
  failures: [mail],
};
const check = {
  checkedAt: ago(1),
  findings: [
    {
      check: 'dkim',
      state: 'missing',
      explanation: 'There is no key at rc1._domainkey.northwind.example.',
      recordToAdd: { type: 'TXT', name: 'rc1._domainkey.northwind.example', value: 'v=DKIM1; k=rsa; p=MIIB' },
    },
  ],
};

const session: SessionView = {
  id: 's1',
  createdAt: ago(300),
  lastSeenAt: ago(0),
  expiresAt: ago(-9_000),
  ip: '192.0.2.7',
  userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Chrome/130.0',
  current: true,
};

/** What the settings pages ask for, by method and path. */
export const settingsAnswers: Record<string, unknown> = {
  'GET /api/v1/home': home,
  'GET /api/v1/me/availability': { availability: 'away', awayReason: 'Lunch', availabilitySince: ago(20) },
  'GET /api/v1/groups': page(groups),
  'GET /api/v1/groups/g1': group,
  'GET /api/v1/groups/g1/members': page(members),
  'GET /api/v1/numbers': page([
    number,
    { ...number, id: 'n2', e164: '+442079460958', label: '', group: null, defaultOf: 0 },
  ]),
  'GET /api/v1/organization': settings,
  'GET /api/v1/roles': { items: roles },
  'GET /api/v1/api-keys': page([apiKey, { ...apiKey, id: 'k2', name: 'Old report', expired: true }]),
  'GET /api/v1/mail': overview,
  'GET /api/v1/mail/messages': page([mail]),
  'POST /api/v1/mail/check': check,
  'GET /api/v1/sessions': { items: [session, { ...session, id: 's2', current: false }] },
};
