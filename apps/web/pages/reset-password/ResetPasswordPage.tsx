import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { paths } from '../../paths.ts';
import { useLinkToken } from '../../session/use-link-token.ts';
import { PublicPage } from '../../shell/PublicPage.tsx';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { PasswordField } from '../../ui/form/PasswordField.tsx';
import { useServerForm } from '../../ui/form/use-server-form.ts';

export function ResetPasswordPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { password: '' },
    validate: { password: fieldChecks(t).newPassword },
    async submit({ password }) {
      await api.POST('/api/v1/password-resets/complete', { body: { token: token ?? '', password } });
      setDone(true);
    },
  });
  const again = <RouteLink href={paths.forgotPassword()}>{t('resetPassword.again')}</RouteLink>;
  if (!token) {
    return (
      <PublicPage title={t('resetPassword.title')} intro={t('resetPassword.incomplete')} below={again} />
    );
  }
  if (done) {
    return (
      <PublicPage
        title={t('resetPassword.doneTitle')}
        intro={t('resetPassword.done')}
        below={<RouteLink href={paths.signIn()}>{t('signIn.title')}</RouteLink>}
      />
    );
  }
  return (
    <PublicPage title={t('resetPassword.title')} intro={t('resetPassword.intro')} below={again}>
      <FormLayout onSubmit={onSubmit}>
        <PasswordField chosen autoFocus label={t('fields.newPassword')} {...form.getInputProps('password')} />
        <FormFailure {...failure} />
        <Button type="submit" fullWidth loading={submitting}>
          {t('resetPassword.submit')}
        </Button>
      </FormLayout>
    </PublicPage>
  );
}
