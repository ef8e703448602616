import type { Permission } from '@rollcall/contract/permissions';
import type { TFunction } from 'i18next';

export type PermissionTopic = 'people' | 'calls' | 'own' | 'records' | 'account';

/** All permissions by what they are about, in the order in which somebody looks for them. */
export const permissionGroups: { topic: PermissionTopic; permissions: Permission[] }[] = [
  {
    topic: 'people',
    permissions: [
      'users:read',
      'users:create',
      'users:update',
      'users:deactivate',
      'invitations:manage',
      'roles:assign',
      'sessions:end',
    ],
  },
  {
    topic: 'calls',
    permissions: [
      'groups:read',
      'groups:manage',
      'numbers:read',
      'numbers:manage',
      'routing:manage',
      'reporting:read',
    ],
  },
  {
    topic: 'account',
    permissions: [
      'organization:read',
      'organization:update',
      'billing:manage',
      'integrations:manage',
      'mail:manage',
    ],
  },
  { topic: 'records', permissions: ['audit:read', 'webhooks:manage'] },
  {
    topic: 'own',
    permissions: ['softphone:use', 'calls:read-own', 'statistics:read-own', 'api-keys:create'],
  },
];

/** What a permission allows, in words. */
export function permissionText(t: TFunction, permission: Permission): string {
  return t(`permissions.${permission.replace(':', '.')}` as 'permissions.users.read');
}
