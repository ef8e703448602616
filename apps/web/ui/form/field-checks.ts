import type { TFunction } from 'i18next';
import { shortestPassword } from './PasswordField.tsx';

type Check = (value: string) => string | null;

/** Checks that need no server. They only save a round trip; the server's contract decides. */
export function fieldChecks(t: TFunction) {
  const required: Check = (value) => (value.trim() === '' ? t('fields.required') : null);
  const email: Check = (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('fields.emailShape'));
  const newPassword: Check = (value) => {
    const length = [...value].length;
    return length < shortestPassword ? t('fields.passwordShort', { min: shortestPassword, length }) : null;
  };
  return { required, email, newPassword };
}
