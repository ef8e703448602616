import type { FieldError } from '@rollcall/contract/errors';
import { normaliseSignInName } from '@rollcall/contract/person-fields';
import type { UserStatus } from '@rollcall/contract/users';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { permissionFault } from '../access/require-permission.ts';
import type { Context } from '../context.ts';
import type { NewUser } from './new-user.ts';
import type { FoundReferences, FoundRole } from './resolve-references.ts';

/** A new user whose references have all been found, ready to be inserted. */
export interface CheckedUser {
  id: string;
  input: NewUser;
  name: string;
  signInName: string;
  signInKey: string;
  emailKey: string | null;
  status: Extract<UserStatus, 'scheduled' | 'invited'>;
  role: FoundRole;
  /** A number, or null for none; undefined asks for the lowest free one. */
  extension: string | null | undefined;
}

/**
 * Checks what only this organization can tell: references, dates and the actor's right to give them. `claimed`
 * collects the numbers that earlier rows of the set are to get.
 */
export function checkNewUser(
  ctx: Context,
  input: NewUser,
  found: FoundReferences,
  claimed: Set<string>,
): CheckedUser | AppError {
  const signInName = input.signInName ?? input.email;
  if (!signInName)
    return fieldFault('signInName', 'There is neither a sign-in name nor an e-mail address.', 'Enter one.');
  const role = found.role(input.role);
  const extension = input.extension === undefined || input.extension === 'auto' ? undefined : input.extension;
  const faults = [
    ...(role ? [] : [noSuch('role', 'role')]),
    ...faultsOfReferences(input, found),
    ...faultsOfDates(input, found.today),
    ...(extension ? faultsOfExtension(extension, found) : []),
  ];
  if (!role || faults.length > 0) return fieldsFault(faults);
  const forbidden =
    (role.key === 'agent' ? null : permissionFault(ctx, 'roles:assign')) ??
    (input.groupIds?.length ? permissionFault(ctx, 'groups:manage') : null) ??
    (input.numberIds?.length ? permissionFault(ctx, 'numbers:manage') : null);
  if (forbidden) return forbidden;
  const numbers = input.numberIds?.map((id) => found.numbers.get(id)!) ?? [];
  const held = numbers.find((number) => number.userId ?? number.groupId ?? claimed.has(number.id));
  if (held) return numberInUse(held.e164);
  for (const { id } of numbers) claimed.add(id);
  return {
    id: newId(),
    input,
    name: `${input.firstName} ${input.lastName}`.trim(),
    signInName,
    signInKey: normaliseSignInName(signInName),
    emailKey: input.email ? normaliseSignInName(input.email) : null,
    status: input.startDate && input.startDate > found.today ? 'scheduled' : 'invited',
    role,
    extension,
  };
}

function numberInUse(e164: string): AppError {
  const message = `The number ${e164} belongs to somebody else or to a group.`;
  const remedy = 'Free it first, or choose another.';
  return new AppError('number_in_use', {
    detail: `${message} ${remedy}`,
    fields: [{ field: 'numberIds', message, remedy }],
  });
}

function faultsOfReferences(input: NewUser, found: FoundReferences): FieldError[] {
  const faults: FieldError[] = [];
  if (input.groupIds?.some((id) => !found.groups.has(id))) faults.push(noSuch('groupIds', 'group'));
  if (input.managerId && !found.users.has(input.managerId)) faults.push(noSuch('managerId', 'agent'));
  if (input.numberIds?.some((id) => !found.numbers.has(id))) faults.push(noSuch('numberIds', 'number'));
  if (input.defaultNumberId) {
    const { numberIds = [], groupIds = [] } = input;
    faults.push(...faultsOfDefaultNumber(input.defaultNumberId, { id: null, numberIds, groupIds }, found));
  }
  return faults;
}

/** A default outbound number must be one that the user may call out with: their own, or of a group of theirs. */
export function faultsOfDefaultNumber(
  id: string,
  user: { id: string | null; numberIds: readonly string[]; groupIds: readonly string[] },
  found: FoundReferences,
): FieldError[] {
  const number = found.numbers.get(id);
  if (!number) return [noSuch('defaultNumberId', 'number')];
  const own = user.numberIds.includes(id) || (number.userId !== null && number.userId === user.id);
  if (own || (number.groupId !== null && user.groupIds.includes(number.groupId))) return [];
  const message = `The number ${number.e164} is neither assigned to the agent nor to a group of theirs.`;
  return [{ field: 'defaultNumberId', message, remedy: 'Assign it first, or choose another one.' }];
}

export function faultsOfExtension(extension: string, found: FoundReferences): FieldError[] {
  const { extensionFrom, extensionTo } = found;
  if (Number(extension) >= extensionFrom && Number(extension) <= extensionTo) return [];
  const message = `The extension ${extension} is outside this organization’s range, ${extensionFrom} to ${extensionTo}.`;
  return [{ field: 'extension', message, remedy: 'Choose one inside it, or leave it empty.' }];
}

/** What of two dates cannot be; `today` is the organization's. */
export function faultsOfDates(
  { startDate, lastDay }: { startDate?: string | null; lastDay?: string | null },
  today: string,
): FieldError[] {
  if (lastDay && lastDay < today)
    return [
      {
        field: 'lastDay',
        message: `The last day ${lastDay} is in the past.`,
        remedy: 'Enter today or a later day.',
      },
    ];
  if (lastDay && startDate && lastDay < startDate)
    return [
      { field: 'lastDay', message: 'The last day is before the start date.', remedy: 'Correct one of them.' },
    ];
  return [];
}

/** What another organization has is answered like what is not there. */
export function noSuch(field: string, kind: string): FieldError {
  return {
    field,
    message: `There is no such ${kind} in this organization.`,
    remedy: `Choose a ${kind} of this organization.`.replace('a agent', 'an agent'),
  };
}

export function fieldsFault(fields: FieldError[]): AppError {
  return new AppError('invalid_input', {
    detail: fields.map(({ message, remedy }) => (remedy ? `${message} ${remedy}` : message)).join(' '),
    fields,
  });
}

export const fieldFault = (field: string, message: string, remedy: string) =>
  fieldsFault([{ field, message, remedy }]);
