/** Every address of the dashboard, in one place: pages, mails and tests link through these. */
export const paths = {
  home: () => '/',
  agents: () => '/settings/agents',
  operation: (operationId: string) => `/settings/bulk-actions/${encodeURIComponent(operationId)}`,
  agent: (userId: string) => `/settings/agents/${encodeURIComponent(userId)}`,
  groups: () => '/settings/groups',
  group: (groupId: string) => `/settings/groups/${encodeURIComponent(groupId)}`,
  numbers: () => '/settings/numbers',
  import: () => '/settings/import',
  importRun: (importId: string) => `/settings/import/${encodeURIComponent(importId)}`,
  organization: () => '/settings/organization',
  roles: () => '/settings/roles',
  apiKeys: () => '/settings/api-keys',
  email: () => '/settings/email',
  webhooks: () => '/settings/webhooks',
  audit: () => '/audit',
  leavers: () => '/leavers',
  offboarding: (recordId: string) => `/leavers/${encodeURIComponent(recordId)}`,
  profile: () => '/profile',
  signIn: (next?: string) => (next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  forgotPassword: () => '/forgot-password',
  resetPassword: () => '/reset-password',
  acceptInvitation: () => '/accept-invitation',
  confirmEmail: () => '/confirm-email',
  setup: () => '/setup',
} as const;

/**
 * Where to go after sign-in: `next` if it is a path of ours, otherwise home. Anything that a browser could
 * read as another host (`//evil`, `/\evil`, a scheme, control characters) is refused.
 */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return paths.home();
  return next.startsWith('/sign-in') ? paths.home() : next;
}
