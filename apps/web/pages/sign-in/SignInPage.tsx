import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { paths } from '../../paths.ts';
import { PublicPage } from '../../shell/PublicPage.tsx';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { PasswordField } from '../../ui/form/PasswordField.tsx';
import { useServerForm } from '../../ui/form/use-server-form.ts';

export function SignInPage() {
  const { t } = useTranslation();
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { required } = fieldChecks(t);
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { signInName: '', password: '' },
    validate: { signInName: required, password: required },
    async submit(values) {
      await api.POST('/api/v1/session', { body: values });
      queryClient.clear();
      await navigate({ href: next ?? paths.home(), replace: true });
    },
  });
  return (
    <PublicPage
      title={t('signIn.title')}
      intro={next ? t('signIn.ended') : undefined}
      below={<RouteLink href={paths.forgotPassword()}>{t('signIn.forgot')}</RouteLink>}
    >
      <FormLayout onSubmit={onSubmit}>
        <TextInput
          label={t('fields.signInName')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          {...form.getInputProps('signInName')}
        />
        <PasswordField label={t('fields.password')} {...form.getInputProps('password')} />
        <FormFailure {...failure} />
        <Button type="submit" fullWidth loading={submitting}>
          {t('signIn.submit')}
        </Button>
      </FormLayout>
    </PublicPage>
  );
}
