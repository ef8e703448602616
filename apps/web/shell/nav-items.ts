import type { Permission } from '@rollcall/contract/permissions';
import {
  IconAddressBook,
  IconBuilding,
  IconDoorExit,
  IconHome,
  IconKey,
  IconListSearch,
  IconMail,
  IconPhone,
  IconShieldHalf,
  IconTableImport,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { paths } from '../paths.ts';

export interface NavItem {
  label: `nav.${'home' | 'agents' | 'groups' | 'numbers' | 'import' | 'organization' | 'roles' | 'apiKeys' | 'email' | 'webhooks' | 'audit' | 'leavers'}`;
  href: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Shown to those who may do this; to everybody if left out. */
  ability?: Permission;
}

export interface NavGroup {
  label?: 'nav.settings' | 'nav.records';
  items: NavItem[];
}

export const navGroups: NavGroup[] = [
  { items: [{ label: 'nav.home', href: paths.home(), icon: IconHome }] },
  {
    label: 'nav.settings',
    items: [
      { label: 'nav.agents', href: paths.agents(), icon: IconAddressBook, ability: 'users:read' },
      { label: 'nav.groups', href: paths.groups(), icon: IconUsersGroup, ability: 'groups:read' },
      { label: 'nav.numbers', href: paths.numbers(), icon: IconPhone, ability: 'numbers:read' },
      { label: 'nav.import', href: paths.import(), icon: IconTableImport, ability: 'users:create' },
      {
        label: 'nav.organization',
        href: paths.organization(),
        icon: IconBuilding,
        ability: 'organization:read',
      },
      { label: 'nav.roles', href: paths.roles(), icon: IconShieldHalf, ability: 'users:read' },
      { label: 'nav.apiKeys', href: paths.apiKeys(), icon: IconKey, ability: 'api-keys:create' },
      { label: 'nav.email', href: paths.email(), icon: IconMail, ability: 'mail:manage' },
      { label: 'nav.webhooks', href: paths.webhooks(), icon: IconWebhook, ability: 'webhooks:manage' },
    ],
  },
  {
    label: 'nav.records',
    items: [
      { label: 'nav.audit', href: paths.audit(), icon: IconListSearch, ability: 'audit:read' },
      { label: 'nav.leavers', href: paths.leavers(), icon: IconDoorExit, ability: 'audit:read' },
    ],
  },
];

/** The groups with the items that these abilities open; groups without any are left out. */
export function navFor(abilities: readonly Permission[]): NavGroup[] {
  return navGroups
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => item.ability === undefined || abilities.includes(item.ability)),
    }))
    .filter((group) => group.items.length > 0);
}
