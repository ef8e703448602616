import { type Furnished, keyInput, operationOn } from './furnish-organization.ts';

/**
 * Who may call a route: `anyone` without signing in; `oneself`, whoever is signed in and only about themselves;
 * `permitted`, who has a permission that agents have not.
 */
type Who = 'anyone' | 'oneself' | 'permitted';

export interface Decision {
  who: Who;
  /** Input that would be accepted; with another organization's ids it must not be. */
  body?: (ids: Furnished) => object;
  query?: (ids: Furnished) => string;
  /** It answers for each row of the input by itself, so that a foreign id is a refused row and no refused request. */
  byRow?: true;
  /** The answer does not end. */
  stream?: true;
}

const permitted = (body?: Decision['body'], more: Partial<Decision> = {}): Decision => ({
  who: 'permitted',
  ...(body ? { body } : {}),
  ...more,
});
const oneself = (body?: Decision['body'], more: Partial<Decision> = {}): Decision => ({
  ...permitted(body, more),
  who: 'oneself',
});
const anyone = (body?: Decision['body']): Decision => ({ ...permitted(body), who: 'anyone' });

const nobodysToken = `rci_${'A'.repeat(65)}`;
const names = { firstName: 'New', lastName: 'Name' };
const password = 'another long test password 43';
const userIds = ({ user }: Furnished) => ({ userIds: [user] });

/** Every route of `/api/v1`, and who may call it. A route that is not in here has not been thought about. */
export const decisions: Record<string, Decision> = {
  'GET /setup': anyone(),
  'POST /setup': anyone(() => ({
    token: nobodysToken,
    organizationName: 'New',
    ...names,
    email: 'new@example.com',
    password,
  })),

  'POST /session': anyone(() => ({ signInName: 'nobody@example.com', password })),
  'DELETE /session': anyone(),
  'POST /session/organization': oneself(({ organization }) => ({ organizationId: organization })),
  'GET /me': oneself(),
  'PATCH /me': oneself(() => names),
  'GET /me/availability': oneself(),
  'PUT /me/availability': oneself(() => ({ availability: 'online' })),
  'POST /me/password': oneself(() => ({ currentPassword: 'a long test password 42', newPassword: password })),
  'POST /me/email': oneself(() => ({ email: 'new@example.com', currentPassword: 'a long test password 42' })),
  'POST /password-resets': anyone(() => ({ signInName: 'nobody@example.com' })),
  'POST /password-resets/complete': anyone(() => ({ token: nobodysToken, password })),
  'POST /email-changes/complete': anyone(() => ({ token: nobodysToken })),
  'GET /sessions': oneself(),
  'DELETE /sessions': oneself(),
  'DELETE /sessions/{id}': oneself(),

  'GET /api-keys': oneself(),
  'POST /api-keys': permitted(() => keyInput(new Date())),
  'DELETE /api-keys/{id}': oneself(),

  'GET /organization': permitted(),
  'PATCH /organization': permitted(() => ({ name: 'Other' })),
  'GET /organization/logo': oneself(),
  'PUT /organization/logo': permitted(),
  'DELETE /organization/logo': permitted(),
  'GET /roles': permitted(),
  'GET /home': oneself(),

  'GET /audit': permitted(undefined, { query: ({ user }) => `target=${user}` }),
  'GET /audit/export': permitted(undefined, { query: () => 'format=csv' }),
  'GET /audit/checkpoint': permitted(),
  'GET /audit/stream': permitted(undefined, { stream: true }),
  'GET /audit/{id}': permitted(),
  'GET /events': oneself(undefined, { stream: true }),

  'GET /webhooks': permitted(),
  'POST /webhooks': permitted(() => ({ name: 'Other', url: 'https://1.1.1.1/hook' })),
  'GET /webhooks/{id}': permitted(),
  'PATCH /webhooks/{id}': permitted(() => ({ name: 'Other' })),
  'DELETE /webhooks/{id}': permitted(),
  'POST /webhooks/{id}/rotate-secret': permitted(),
  'POST /webhooks/{id}/test': permitted(),
  'POST /webhooks/{id}/replay': permitted(({ event }) => ({ eventId: event })),

  'GET /users': permitted(undefined, { query: ({ group }) => `groupId=${group}` }),
  'POST /users': permitted(({ group, number, user }) => ({
    ...names,
    email: 'somebody@example.com',
    role: 'agent',
    groupIds: [group],
    numberIds: [number],
    managerId: user,
  })),
  'GET /users/count': permitted(),
  'GET /users/departments': permitted(),
  'GET /users/export': permitted(),
  'GET /users/{id}': permitted(),
  'PATCH /users/{id}': permitted(({ number }) => ({ defaultNumberId: number })),
  'PUT /users/{id}/role': permitted(() => ({ role: 'administrator' })),
  'PUT /users/{id}/availability': permitted(() => ({ availability: 'online' })),
  'GET /users/{id}/history': permitted(),
  'GET /users/{id}/sign-in-diagnosis': permitted(),
  'POST /users/{id}/password-reset': permitted(),
  'GET /users/{id}/sessions': permitted(),
  'DELETE /users/{id}/sessions': permitted(),
  'DELETE /users/{id}/sessions/{sessionId}': permitted(),
  'GET /users/{id}/api-keys': permitted(),
  'DELETE /users/{id}/api-keys/{keyId}': permitted(),
  'GET /saved-views': permitted(),
  'POST /saved-views': permitted(() => ({ name: 'Mine', query: '', columns: [] })),
  'PATCH /saved-views/{id}': permitted(() => ({ name: 'Other' })),
  'DELETE /saved-views/{id}': permitted(),

  'GET /invitations': permitted(),
  'POST /invitations/read': anyone(() => ({ token: nobodysToken })),
  'POST /invitations/visit': anyone(() => ({ token: nobodysToken })),
  'POST /invitations/accept': anyone(() => ({ token: nobodysToken, ...names, password, timeZone: 'UTC' })),
  'GET /users/{id}/invitations': permitted(),
  'POST /users/{id}/invitation': permitted(),
  'DELETE /users/{id}/invitation': permitted(),
  'POST /users/{id}/invitation/link': permitted(),

  'GET /mail': permitted(),
  'GET /mail/messages': permitted(),
  'GET /mail/{id}': permitted(),
  'POST /mail/test': permitted(() => ({ to: 'new@example.com' })),
  'POST /mail/check': permitted(),
  'POST /mail/bounces': permitted(),

  'GET /imports': permitted(),
  'POST /imports': permitted(),
  'GET /imports/template.csv': anyone(),
  'GET /imports/{id}': permitted(),
  'PATCH /imports/{id}': permitted(() => ({ options: { mode: 'create' } })),
  'GET /imports/{id}/rows': permitted(),
  'GET /imports/{id}/preview.csv': permitted(),
  'GET /imports/{id}/refused.csv': permitted(),
  'POST /imports/{id}/preview': permitted(),
  'POST /imports/{id}/apply': permitted(() => ({ digest: 'a'.repeat(64) })),
  'GET /imports/{id}/undo/preview': permitted(),
  'POST /imports/{id}/undo': permitted(() => ({})),

  'GET /groups': permitted(),
  'POST /groups': permitted(({ user }) => ({ name: 'Other', memberIds: [user] })),
  'GET /groups/{id}': permitted(),
  'PATCH /groups/{id}': permitted(() => ({ name: 'Other' })),
  'DELETE /groups/{id}': permitted(),
  'GET /groups/{id}/members': permitted(),
  'POST /groups/{id}/members': permitted(({ user }) => ({ add: [user] }), { byRow: true }),
  'PUT /groups/{id}/members/order': permitted(userIds),

  'GET /numbers': permitted(),
  'POST /numbers': permitted(({ user }) => ({ e164: '+493012345678', userId: user })),
  'GET /numbers/{id}': permitted(),
  'PATCH /numbers/{id}': permitted(({ user }) => ({ userId: user })),
  'DELETE /numbers/{id}': permitted(),

  'GET /users/{id}/off-boarding/preview': permitted(undefined, {
    query: ({ colleague }) => `successorId=${colleague}`,
  }),
  'POST /off-boardings/preview': permitted(userIds, { byRow: true }),
  'POST /users/{id}/deactivate': permitted(({ colleague }) => ({ reason: 'Left', successorId: colleague })),
  'GET /users/{id}/off-boardings': permitted(),
  'GET /users/{id}/reactivation': permitted(),
  'POST /users/{id}/reactivate': permitted(({ group }) => ({ role: 'agent', groupIds: [group] })),
  'GET /off-boardings': permitted(),
  'GET /off-boardings/export': permitted(),
  'GET /off-boardings/{id}': permitted(),
  'PATCH /off-boardings/{id}/tasks/{key}': permitted(() => ({ done: true })),

  'GET /operations': permitted(),
  'POST /operations': permitted(({ user, group }) => operationOn(user, group), { byRow: true }),
  'GET /operations/{id}': permitted(),
  'GET /operations/{id}/rows': permitted(),
  'GET /operations/{id}/rows/export': permitted(),
  'POST /operations/{id}/cancel': permitted(),
};
