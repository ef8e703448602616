import type { Harness, TestOrganization, TestUser } from './harness.ts';
import { upload } from './import-file.ts';

/** One real thing of each kind that a path or a body can name. */
export interface Furnished {
  organization: string;
  role: string;
  /** Invited, and so has everything that an invitation has. */
  user: string;
  /** A second active administrator. */
  colleague: string;
  session: string;
  apiKey: string;
  group: string;
  number: string;
  offBoarding: string;
  task: string;
  operation: string;
  import: string;
  webhook: string;
  mail: string;
  savedView: string;
  event: string;
}

let furnished = 0;

/** Puts one thing of each kind into an organization, through the API as its administrator does. */
export async function furnish(harness: Harness, organization: TestOrganization): Promise<Furnished> {
  const { administrator } = organization;
  const create = creating(administrator);
  const colleague = await organization.addUser({ role: 'administrator' });
  const leaver = await organization.addUser();
  const unique = organization.id.slice(-7);
  const group = await create('/groups', { name: `Support ${unique}`, memberIds: [colleague.id] });
  const number = await create('/numbers', { e164: `+4930${20_000_000 + ++furnished}` });
  const invited = await create('/users', {
    firstName: 'Ivy',
    lastName: 'Invited',
    role: 'agent',
    email: `ivy.${unique}@example.com`,
  });
  const left = await create(`/users/${leaver.id}/deactivate`, { reason: 'Left' });
  const file = await upload(harness, administrator, 'First name,Last name,Email\nA,B,a.b@example.com\n');
  const [apiKey, webhook, savedView, operation, mail] = [
    await create('/api-keys', keyInput(harness.clock.now)),
    await create('/webhooks', { name: 'Collector', url: 'https://1.1.1.1/hook' }),
    await create('/saved-views', { name: 'All', query: '', columns: [] }),
    await create('/operations', operationOn(colleague.id, group)),
    await create('/mail/test', { to: `ivy.${unique}@example.com` }),
  ];
  const events = (await administrator.request('GET', '/api/v1/audit')).json();
  return {
    organization: organization.id,
    role: organization.roles.agent,
    user: invited,
    colleague: colleague.id,
    session: colleague.sessionId,
    apiKey,
    group,
    number,
    offBoarding: left,
    task: 'crm_mapping',
    operation,
    import: file.json().id,
    webhook,
    mail,
    savedView,
    event: events.items[0].id,
  };
}

export const keyInput = (now: Date) => ({
  name: 'Script',
  permissions: ['users:read'],
  expiresAt: new Date(now.getTime() + 86_400_000).toISOString(),
});

export const operationOn = (user: string, group: string) => ({
  kind: 'add_to_group',
  parameters: { groupId: group },
  selection: { userIds: [user] },
});

function creating(administrator: TestUser) {
  return async (path: string, body: object): Promise<string> => {
    const response = await administrator.request('POST', `/api/v1${path}`, body);
    if (response.statusCode >= 300) throw new Error(`POST ${path}: ${response.body}`);
    const created = response.json();
    return created.id ?? created.user.id;
  };
}
