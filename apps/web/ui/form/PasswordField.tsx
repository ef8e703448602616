import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type PasswordFieldProps = Omit<PasswordInputProps, 'label' | 'visibilityToggleButtonProps'> & {
  label: string;
  /** Chosen now, as opposed to known already: says the rule, and lets a password manager make one. */
  chosen?: boolean;
};

/** Characters that a password without a second factor needs (NIST SP 800-63B-4); the server has the last word. */
export const shortestPassword = 15;

/** One password field with a toggle to read what was typed; typing it twice is not needed then. */
export function PasswordField({ label, chosen = false, ...rest }: PasswordFieldProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...rest}
      label={label}
      autoComplete={chosen ? 'new-password' : 'current-password'}
      description={chosen ? t('fields.passwordHelp', { min: shortestPassword }) : undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('ui.showPassword'), tabIndex: 0 }}
    />
  );
}
