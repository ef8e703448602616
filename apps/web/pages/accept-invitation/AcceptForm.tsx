import { Button, TextInput } from '@mantine/core';
import type { InvitationOffer } from '@rollcall/contract/invitations';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { paths } from '../../paths.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout, FormRow } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { PasswordField } from '../../ui/form/PasswordField.tsx';
import { browserTimeZone, TimeZoneField } from '../../ui/form/TimeZoneField.tsx';
import { useServerForm } from '../../ui/form/use-server-form.ts';

interface AcceptFormProps {
  token: string;
  invitation: Pick<InvitationOffer, 'signInName' | 'firstName' | 'lastName' | 'timeZone'>;
}

export function AcceptForm({ token, invitation }: AcceptFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { required, newPassword } = fieldChecks(t);
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: {
      firstName: invitation.firstName,
      lastName: invitation.lastName,
      password: '',
      timeZone: browserTimeZone(),
    },
    validate: { firstName: required, lastName: required, password: newPassword },
    async submit(values) {
      await api.POST('/api/v1/invitations/accept', { body: { token, ...values } });
      // Somebody else may have been signed in here before.
      queryClient.clear();
      await navigate({ href: paths.home(), replace: true });
    },
  });
  return (
    <FormLayout onSubmit={onSubmit}>
      {/* For password managers, which otherwise would keep the password without saying whose it is. */}
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={invitation.signInName}
        readOnly
        hidden
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
      <PasswordField chosen label={t('fields.password')} {...form.getInputProps('password')} />
      <TimeZoneField {...form.getInputProps('timeZone')} />
      <FormFailure {...failure} />
      <Button type="submit" fullWidth loading={submitting}>
        {t('acceptInvitation.submit')}
      </Button>
    </FormLayout>
  );
}
