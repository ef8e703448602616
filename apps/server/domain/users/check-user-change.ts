import { normaliseSignInName } from '@rollcall/contract/person-fields';
import type { UpdateUserInput, Warning } from '@rollcall/contract/users';
import type { AppError } from '../../platform/errors.ts';
import { permissionFault } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import {
  faultsOfDates,
  faultsOfDefaultNumber,
  faultsOfExtension,
  fieldsFault,
  noSuch,
} from './check-new-user.ts';
import type { StoredUser, UserFields } from './lock-users.ts';
import type { FoundReferences } from './resolve-references.ts';

/** A change that may be made: all fields as they will be, and those that differ. */
export interface CheckedChange {
  user: StoredUser;
  name: string;
  next: UserFields;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  /** Wants the lowest free extension, which `next` does not know yet. */
  automaticExtension: boolean;
  warnings: Warning[];
}

/** The columns behind the fields of the contract. `customFields` and the sign-in name have rules of their own. */
const columns = {
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  extension: 'extension',
  phoneNumbers: 'phone_numbers',
  defaultNumberId: 'default_number_id',
  department: 'department',
  title: 'title',
  managerId: 'manager_id',
  site: 'site',
  costCenter: 'cost_center',
  locale: 'locale',
  timeZone: 'time_zone',
  externalId: 'external_id',
  startDate: 'start_date',
  lastDay: 'last_day',
} as const satisfies Partial<Record<keyof UpdateUserInput, keyof UserFields>>;
const fieldNames = { ...columns, signInName: 'sign_in_name', customFields: 'custom_fields' } as const;

/** Works out what a change makes of a user and checks what only this organization can tell. */
export function checkUserChange(
  ctx: Context,
  user: StoredUser,
  input: UpdateUserInput,
  found: FoundReferences,
): CheckedChange | AppError {
  const next = applyInput(user, input);
  const automaticExtension = input.extension === 'auto' && user.extension === null;
  const faults = [
    ...(input.managerId && !found.users.has(input.managerId) ? [noSuch('managerId', 'agent')] : []),
    ...(input.defaultNumberId && input.defaultNumberId !== user.default_number_id
      ? faultsOfDefaultNumber(
          input.defaultNumberId,
          { id: user.id, numberIds: [], groupIds: user.group_ids },
          found,
        )
      : []),
    ...(next.extension && next.extension !== user.extension ? faultsOfExtension(next.extension, found) : []),
    ...faultsOfNewDates(user, next, found.today),
  ];
  if (faults.length > 0) return fieldsFault(faults);
  const { before, after } = difference(user, next);
  if (automaticExtension) after.extension = null;
  // Whoever can redirect an administrator's mail could take their account over.
  const takesOver = user.is_administrator && ('email' in after || 'signInName' in after);
  const forbidden = takesOver ? permissionFault(ctx, 'roles:assign') : null;
  if (forbidden) return forbidden;
  const name = `${next.first_name} ${next.last_name}`.trim();
  return { user, name, next, before, after, automaticExtension, warnings: warningsOf(user, next, found) };
}

function applyInput(user: StoredUser, input: UpdateUserInput): UserFields {
  const next: Record<string, unknown> = { ...user };
  for (const [field, column] of Object.entries(columns)) {
    const value = input[field as keyof typeof columns];
    if (value !== undefined) next[column] = value;
  }
  if (input.extension === 'auto') next.extension = user.extension;
  if (input.customFields) {
    const merged = Object.entries({ ...user.custom_fields, ...input.customFields });
    next.custom_fields = Object.fromEntries(merged.filter(([, value]) => value !== null));
  }
  // The sign-in name that is the e-mail address follows it, unless it is set otherwise.
  const follows = input.email && user.email_key === user.sign_in_key;
  next.sign_in_name = input.signInName ?? (follows ? input.email : user.sign_in_name);
  next.sign_in_key = normaliseSignInName(next.sign_in_name as string);
  if (input.email !== undefined) next.email_key = input.email && normaliseSignInName(input.email);
  return next as unknown as UserFields;
}

function faultsOfNewDates(user: StoredUser, next: UserFields, today: string) {
  if (next.start_date === user.start_date && next.last_day === user.last_day) return [];
  if (
    next.start_date !== user.start_date &&
    user.status !== 'scheduled' &&
    next.start_date &&
    next.start_date > today
  )
    return [
      {
        field: 'startDate',
        message: 'This agent has been invited or has started already.',
        remedy: 'Enter today or a day in the past, or leave the start date out.',
      },
    ];
  // When somebody left whose access has ended is a fact of the past.
  const earliest = user.status === 'inactive' || next.last_day === user.last_day ? '0001-01-01' : today;
  return faultsOfDates({ startDate: next.start_date, lastDay: next.last_day }, earliest);
}

function difference(user: StoredUser, next: UserFields) {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(fieldNames)) {
    if (canonical(user[column]) === canonical(next[column])) continue;
    before[field] = user[column];
    after[field] = next[column];
  }
  return { before, after };
}

const canonical = (value: unknown) =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? JSON.stringify(Object.entries(value).sort())
    : JSON.stringify(value);

function warningsOf(user: StoredUser, next: UserFields, found: FoundReferences): Warning[] {
  const key = next.email_key === user.email_key ? null : next.email_key;
  const holder = key === null ? undefined : found.emailHolders.get(key);
  if (!holder) return [];
  const message = `${next.email} is also the address of ${holder.name}. Nothing will be linked by it.`;
  return [{ code: 'email_shared', field: 'email', message }];
}
