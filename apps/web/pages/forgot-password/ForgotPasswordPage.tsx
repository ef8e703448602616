import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { paths } from '../../paths.ts';
import { PublicPage } from '../../shell/PublicPage.tsx';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';

export function ForgotPasswordPage() {
  const { t } = useTranslation();
  const [sentTo, setSentTo] = useState<string>();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { email: '' },
    validate: { email: fieldChecks(t).email },
    async submit({ email }) {
      await api.POST('/api/v1/password-resets', { body: { email: email.trim() } });
      setSentTo(email.trim());
    },
  });
  const back = <RouteLink href={paths.signIn()}>{t('forgotPassword.back')}</RouteLink>;
  if (sentTo) {
    return (
      <PublicPage
        title={t('forgotPassword.sentTitle')}
        intro={t('forgotPassword.sent', { email: sentTo })}
        below={back}
      />
    );
  }
  return (
    <PublicPage title={t('forgotPassword.title')} intro={t('forgotPassword.intro')} below={back}>
      <FormLayout onSubmit={onSubmit}>
        <TextInput
          type="email"
          label={t('fields.email')}
          autoComplete="email"
          autoFocus
          {...form.getInputProps('email')}
        />
        <FormFailure {...failure} />
        <Button type="submit" fullWidth loading={submitting}>
          {t('forgotPassword.submit')}
        </Button>
      </FormLayout>
    </PublicPage>
  );
}
