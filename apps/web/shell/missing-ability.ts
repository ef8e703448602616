import type { Permission } from '@rollcall/contract/permissions';

/** The page asks for a permission that the signed-in user has not. */
export class MissingAbility extends Error {
  readonly ability: Permission;

  constructor(ability: Permission) {
    super(`This page needs ${ability}`);
    this.ability = ability;
  }
}

/** For the route of a page that a permission opens: `createRoute({ …, ...needs('users:read') })`. */
export function needs(ability: Permission) {
  return {
    beforeLoad({ context }: { context: { me: { abilities: Permission[] } } }) {
      if (!context.me.abilities.includes(ability)) throw new MissingAbility(ability);
    },
  };
}
