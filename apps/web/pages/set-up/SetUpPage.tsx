import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import type { Language } from '../../i18n/i18n.ts';
import { paths } from '../../paths.ts';
import { useLinkToken } from '../../session/use-link-token.ts';
import { PublicPage } from '../../shell/PublicPage.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout, FormRow } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { PasswordField } from '../../ui/form/PasswordField.tsx';
import { browserTimeZone, TimeZoneField } from '../../ui/form/TimeZoneField.tsx';
import { useServerForm } from '../../ui/form/use-server-form.ts';

/** First run: the organization and its first administrator, by the link that the server printed. */
export function SetUpPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const token = useLinkToken();
  const { required, email, newPassword } = fieldChecks(t);
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: {
      organizationName: '',
      firstName: '',
      lastName: '',
      email: '',
      password: '',
      timeZone: browserTimeZone(),
    },
    validate: {
      organizationName: required,
      firstName: required,
      lastName: required,
      email,
      password: newPassword,
    },
    async submit(values) {
      const language = i18n.language as Language;
      await api.POST('/api/v1/setup', { body: { token: token ?? '', language, ...values } });
      queryClient.clear();
      await navigate({ href: paths.home(), replace: true });
    },
  });
  if (!token) return <PublicPage title={t('setup.title')} intro={t('setup.incomplete')} />;
  return (
    <PublicPage title={t('setup.title')} intro={t('setup.intro')}>
      <FormLayout onSubmit={onSubmit}>
        <TextInput
          label={t('fields.organizationName')}
          autoComplete="organization"
          autoFocus
          {...form.getInputProps('organizationName')}
        />
        <FormRow>
          <TextInput
            label={t('fields.firstName')}
            autoComplete="given-name"
            {...form.getInputProps('firstName')}
          />
          <TextInput
            label={t('fields.lastName')}
            autoComplete="family-name"
            {...form.getInputProps('lastName')}
          />
        </FormRow>
        <TextInput
          type="email"
          label={t('fields.email')}
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <PasswordField chosen label={t('fields.password')} {...form.getInputProps('password')} />
        <TimeZoneField {...form.getInputProps('timeZone')} />
        <FormFailure {...failure} />
        <Button type="submit" fullWidth loading={submitting}>
          {t('setup.submit')}
        </Button>
      </FormLayout>
    </PublicPage>
  );
}
