import type { RoleView } from '@rollcall/contract/roles';
import type { TFunction } from 'i18next';

/** What a role is for: a built-in one in the reader's language, one of the organization's own in its words. */
export function roleText(role: RoleView | undefined, t: TFunction): string | undefined {
  return role?.key ? t(`roles.builtIn.${role.key}.text`) : role?.description;
}
