import { passwordLength } from '@rollcall/contract/sessions';
import { AppError } from '../../platform/errors.ts';
import { findPasswordWeakness, lengthOfPassword } from '../../platform/password-strength.ts';

/** Whose password it will be: their words and the company's do not count towards it. */
export interface PasswordOwner {
  organizationName: string;
  firstName: string;
  lastName: string;
  signInName: string;
  email: string | null;
}

/**
 * Refuses a new password that is too easy to guess. Needs no transaction and takes some milliseconds; call it and
 * {@link hashPassword} before one is opened.
 * @throws AppError `weak_password` naming `field`
 */
export async function requireStrongPassword(
  password: string,
  owner: PasswordOwner,
  field = 'password',
): Promise<void> {
  const weakness = await findWeakness(password, owner);
  if (!weakness) return;
  throw new AppError('weak_password', {
    detail: `${weakness.message} ${weakness.remedy}`,
    fields: [{ field, ...weakness }],
  });
}

async function findWeakness(password: string, owner: PasswordOwner) {
  const length = lengthOfPassword(password);
  if (length < passwordLength.minimum) {
    return {
      message: `The password has ${length} characters; it needs at least ${passwordLength.minimum}.`,
      remedy: 'Use four or more words that have nothing to do with each other. Spaces count.',
    };
  }
  const { organizationName, firstName, lastName, signInName, email } = owner;
  return findPasswordWeakness(password, [
    organizationName,
    firstName,
    lastName,
    signInName,
    email ?? '',
    'rollcall',
  ]);
}
