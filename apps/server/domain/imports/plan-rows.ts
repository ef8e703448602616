import type {
  ImportFieldChange,
  ImportOptions,
  ImportRowError,
  ImportRowKind,
} from '@rollcall/contract/imports';
import { normaliseSignInName } from '@rollcall/contract/person-fields';
import type { Warning } from '@rollcall/contract/users';
import type { Context } from '../context.ts';
import type { MappedColumn } from './map-columns.ts';
import { type PresentUser, readPresentUsers } from './match-users.ts';
import type { ImportedPerson } from './parse-row.ts';
import { type Difference, type Effects, findDifference, type WantedPerson } from './plan-changes.ts';
import { describeNewUser } from './plan-creation.ts';
import { readReferences } from './read-references.ts';
import { resolveWords } from './resolve-words.ts';
import { type FaultOf, faultsAt } from './row-error.ts';

export interface ImportSetting {
  importId: string;
  columns: readonly MappedColumn[];
  options: ImportOptions;
}

/** A row whose cells have been read. */
export interface ReadRow {
  position: number;
  cells: readonly string[];
  person: ImportedPerson;
  /** What is wrong with it already: cells, or that it repeats another row. */
  errors: readonly ImportRowError[];
}

/** What will happen because of a row. */
export interface RowPlan {
  position: number;
  kind: ImportRowKind;
  userId: string | null;
  name: string;
  signInName: string | null;
  /** The row of the manager, who is not there yet. */
  managerPosition: number | null;
  effects: Effects | null;
  changes: ImportFieldChange[];
  errors: ImportRowError[];
  warnings: Warning[];
}

/**
 * Works out what becomes of each row as things stand now: the preview asks, and so does every portion that is applied,
 * which is how it notices what has drifted in between.
 */
export async function planRows(
  ctx: Context,
  setting: ImportSetting,
  rows: readonly ReadRow[],
): Promise<RowPlan[]> {
  const people = rows.map(({ person }) => person);
  const references = await readReferences(ctx, setting.importId, {
    roles: [setting.options.defaultRole, ...people.flatMap(({ role }) => role ?? [])],
    groups: people.flatMap(({ groups }) => groups ?? []),
    numbers: people.flatMap(({ defaultNumber }) => defaultNumber ?? []),
    managers: people.flatMap(({ manager }) => manager ?? []),
  });
  const present = await readPresentUsers(ctx, {
    externalIds: people.flatMap(({ externalId }) => externalId ?? []),
    signInKeys: people.flatMap((person) => signInKeyOf(person) ?? []),
  });
  const bySignIn = new Map(present.map((user) => [user.signInKey, user]));
  const byExternalId = Map.groupBy(present, ({ externalId }) => externalId);
  return rows.map((row) => {
    const faultOf = faultsAt(setting.columns, row.cells);
    const { wanted, errors, ...manager } = resolveWords(row.person, references, faultOf);
    const sameId = (row.person.externalId && byExternalId.get(row.person.externalId)) || [];
    const signInKey = signInKeyOf(row.person);
    const sameName = signInKey === null ? undefined : bySignIn.get(signInKey);
    const faults = [...row.errors, ...errors, ...faultsOfMatch(row.person, sameId, sameName, faultOf)];
    const user = sameId[0] ?? sameName;
    // Whoever leads the company often stands as their own manager.
    if (user && wanted.manager?.id === user.id) delete wanted.manager;
    const managerPosition = manager.managerPosition === row.position ? null : manager.managerPosition;
    const plan: RowPlan = {
      position: row.position,
      kind: 'refused',
      userId: user?.id ?? null,
      name: nameOf(row.person, user),
      signInName: signInNameOf(row.person) ?? user?.signInName ?? null,
      managerPosition,
      effects: null,
      changes: [],
      errors: faults,
      warnings: [],
    };
    if (faults.length > 0) return plan;
    return user
      ? planPresent(plan, user, row.person, wanted, setting.options, faultOf)
      : planNew(
          plan,
          row.person,
          wanted,
          references.roles.get(setting.options.defaultRole),
          setting.options,
          faultOf,
        );
  });
}

/** The e-mail address unless set otherwise. */
export const signInNameOf = (person: ImportedPerson) => person.signInName ?? person.email ?? null;

export function signInKeyOf(person: ImportedPerson): string | null {
  const name = signInNameOf(person);
  return name === null ? null : normaliseSignInName(name);
}

function nameOf({ firstName, lastName }: ImportedPerson, user: PresentUser | undefined): string {
  const name = `${firstName ?? user?.firstName ?? ''} ${lastName ?? user?.lastName ?? ''}`.trim();
  return name || user?.signInName || '';
}

function faultsOfMatch(
  person: ImportedPerson,
  sameId: readonly PresentUser[],
  sameName: PresentUser | undefined,
  faultOf: FaultOf,
): ImportRowError[] {
  if (!person.externalId && signInNameOf(person) === null)
    return [
      faultOf(
        'missing_value',
        'email',
        'The row does not tell who it is about. Enter an e-mail address or a sign-in name.',
      ),
    ];
  if (sameId.length > 1)
    return [
      faultOf(
        'ambiguous',
        'externalId',
        'Several agents have this external id. Correct it on their profiles.',
      ),
    ];
  if (sameId[0] && sameName && sameName.id !== sameId[0].id)
    return [
      faultOf(
        'duplicate_sign_in_name',
        'signInName',
        `The external id is that of ${sameId[0].firstName} ${sameId[0].lastName}, and the sign-in name that of another agent. Correct one of them.`,
      ),
    ];
  if (!sameId[0] && sameName?.externalId && person.externalId)
    return [
      faultOf(
        'duplicate_sign_in_name',
        'externalId',
        `The agent with this sign-in name has another external id, ${sameName.externalId}. Correct it here or on the profile.`,
      ),
    ];
  return [];
}

function planPresent(
  plan: RowPlan,
  user: PresentUser,
  person: ImportedPerson,
  wanted: WantedPerson,
  options: ImportOptions,
  faultOf: FaultOf,
): RowPlan {
  const refuse = (error: ImportRowError): RowPlan => ({ ...plan, errors: [error] });
  if (options.mode === 'create')
    return refuse(
      faultOf(
        'duplicate_sign_in_name',
        person.externalId ? 'externalId' : 'signInName',
        'This agent is there already. Take out the row, or choose to add and change.',
      ),
    );
  if (options.status === 'deactivate' && person.status === 'inactive' && user.status !== 'inactive') {
    const changes = [{ field: 'status', before: user.status, after: 'inactive' }];
    return { ...plan, kind: 'deactivate', changes };
  }
  if (options.status === 'deactivate' && person.status === 'active' && user.status === 'inactive')
    return refuse(
      faultOf(
        'wrong_status',
        'status',
        'This agent is deactivated, and a file reactivates nobody. Reactivate them on their profile, or take out the row.',
      ),
    );
  const difference: Difference | null = findDifference(user, wanted, options.groups);
  if (difference) return { ...plan, kind: 'change', ...difference };
  if (plan.managerPosition === null) return { ...plan, kind: 'unchanged' };
  return {
    ...plan,
    kind: 'change',
    changes: [{ field: 'manager', before: user.manager, after: person.manager! }],
  };
}

function planNew(
  plan: RowPlan,
  person: ImportedPerson,
  wanted: WantedPerson,
  defaultRole: { id: string; name: string } | undefined,
  options: ImportOptions,
  faultOf: FaultOf,
): RowPlan {
  if (person.status === 'inactive') {
    const message = 'Inactive in the file and not here: nobody is added.';
    return { ...plan, kind: 'unchanged', warnings: [{ code: 'inactive_in_file', field: 'status', message }] };
  }
  const role = wanted.role ?? defaultRole;
  const errors = [
    ...(wanted.firstName
      ? []
      : [faultOf('missing_value', 'firstName', 'The first name is missing. Enter it.')]),
    ...(wanted.lastName ? [] : [faultOf('missing_value', 'lastName', 'The last name is missing. Enter it.')]),
    ...(wanted.email || !options.invite
      ? []
      : [
          faultOf(
            'missing_value',
            'email',
            'The e-mail address is missing, to which the invitation goes. Enter it, or import without invitations.',
          ),
        ]),
    ...(wanted.email || wanted.signInName
      ? []
      : [
          faultOf(
            'missing_value',
            'email',
            'Nobody with this external id is there. Enter an e-mail address to add them.',
          ),
        ]),
    ...(role
      ? []
      : [
          faultOf(
            'unknown_role',
            'role',
            'The role for new agents does not exist any more. Choose another in the options of the import.',
          ),
        ]),
  ];
  if (errors.length > 0) return { ...plan, errors };
  return { ...plan, kind: 'create', ...describeNewUser(wanted, role!) };
}
