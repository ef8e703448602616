/**
 * Everything that can be allowed, by name. A role is a set of these; an assignment gives a role in a scope
 * (the whole organization, or one group). `…-own` permissions reach only what is the actor's own.
 */
export const permissions = {
  'organization:read': 'See the organization’s settings',
  'organization:update': 'Change the organization’s settings',
  'users:read': 'See all agents and their profiles',
  'users:create': 'Add and import agents',
  'users:update': 'Change agents',
  'users:deactivate': 'Deactivate and reactivate agents',
  'invitations:manage': 'Send, resend and revoke invitations',
  'roles:assign': 'Give and take roles',
  'sessions:end': 'See and end sessions and keys of others',
  'groups:read': 'See groups and their members',
  'groups:manage': 'Add, change and remove groups and members',
  'numbers:read': 'See phone numbers',
  'numbers:manage': 'Add, assign and free phone numbers',
  'mail:manage': 'See and test outgoing e-mail',
  'audit:read': 'Read and export the audit log and leavers',
  'webhooks:manage': 'Manage webhooks and audit streams',
  'api-keys:create': 'Create API keys of one’s own',
  'billing:manage': 'See and change plan, seats and invoices',
  'routing:manage': 'Change call routing and IVR',
  'integrations:manage': 'Manage integrations and identity providers',
  'reporting:read': 'See reports and all calls',
  'calls:read-own': 'See one’s own call history',
  'statistics:read-own': 'See one’s own figures',
  'softphone:use': 'Make and take calls',
} as const;

export type Permission = keyof typeof permissions;
export const permissionNames = Object.keys(permissions) as Permission[];

/** The two built-in roles, with the boundaries that the user-management guide draws. */
export const builtInRoles = {
  administrator: {
    name: 'Administrator',
    description: 'Account settings, billing, routing, integrations, reporting and user management.',
    permissions: permissionNames,
  },
  agent: {
    name: 'Agent',
    description: 'Own calls, own call history, own figures and the softphone.',
    permissions: ['calls:read-own', 'statistics:read-own', 'softphone:use'],
  },
} as const satisfies Record<
  string,
  { name: string; description: string; permissions: readonly Permission[] }
>;

export type BuiltInRole = keyof typeof builtInRoles;
