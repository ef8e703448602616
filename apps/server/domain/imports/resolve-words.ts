import type { ImportRowError } from '@rollcall/contract/imports';
import type { ImportedPerson } from './parse-row.ts';
import type { WantedPerson } from './plan-changes.ts';
import type { Named, ReferencesByName } from './read-references.ts';
import type { FaultOf } from './row-error.ts';

/** Puts what they refer to in the place of a row's words; what refers to nothing is an error of its cell. */
export function resolveWords(
  { role, groups, manager, defaultNumber, status: _, ...plain }: ImportedPerson,
  references: ReferencesByName,
  faultOf: FaultOf,
): { wanted: WantedPerson; errors: ImportRowError[]; managerPosition: number | null } {
  const wanted: WantedPerson = { ...plain };
  const errors: ImportRowError[] = [];
  let managerPosition: number | null = null;
  if (role !== undefined) {
    const found = references.roles.get(role);
    if (found) wanted.role = found;
    else
      errors.push(
        faultOf(
          'unknown_role',
          'role',
          `There is no role “${role}”. Write the name of a role, such as Agent.`,
        ),
      );
  }
  if (groups?.length) {
    const missing = groups.filter((name) => !references.groups.has(name));
    for (const name of missing)
      errors.push(
        faultOf(
          'unknown_group',
          'groups',
          `There is no group “${name}”. Add it in Settings → Groups first, or correct the name.`,
        ),
      );
    const found = groups
      .map((name) => references.groups.get(name))
      .filter((group): group is Named => group !== undefined);
    wanted.groups = [...new Map(found.map((group) => [group.id, group])).values()];
  }
  if (defaultNumber !== undefined) {
    const found = references.numbers.get(defaultNumber);
    if (found) wanted.defaultNumber = found;
    else
      errors.push(
        faultOf(
          'unknown_number',
          'defaultOutboundNumber',
          `The number ${defaultNumber} is not in Settings → Numbers. Add it there first.`,
        ),
      );
  }
  if (manager !== undefined) {
    const found = references.managers.get(manager);
    if (!found) {
      errors.push(
        faultOf(
          'unknown_manager',
          'manager',
          'This is neither an agent nor a row of this file. Write the manager’s sign-in name, e-mail address or external id.',
        ),
      );
    } else if (found.count > 1) {
      errors.push(
        faultOf(
          'ambiguous',
          'manager',
          'Several agents have this e-mail address. Write the manager’s sign-in name.',
        ),
      );
    } else if (found.id) wanted.manager = { id: found.id, name: found.name };
    else managerPosition = found.position;
  }
  return { wanted, errors, managerPosition };
}
