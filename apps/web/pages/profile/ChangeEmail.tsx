import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { PasswordField } from '../../ui/form/PasswordField.tsx';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SideDrawer } from '../../ui/SideDrawer.tsx';

/** Asks for a link to the new address; nothing changes before that is opened. */
export function ChangeEmail({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<string>();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { email: '', currentPassword: '' },
    validate: { email: fieldChecks(t).email, currentPassword: fieldChecks(t).required },
    async submit({ email, currentPassword }) {
      await api.POST('/api/v1/me/email', { body: { email: email.trim(), currentPassword } });
      setAsked(email.trim());
    },
  });
  return (
    <SideDrawer
      opened
      onClose={onClose}
      title={t('profile.email.title')}
      footer={
        asked ? (
          <Button onClick={onClose}>{t('ui.close')}</Button>
        ) : (
          <>
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" form="email" loading={submitting}>
              {t('profile.email.send')}
            </Button>
          </>
        )
      }
    >
      {asked ? (
        <Notice tone="good" role="status" title={t('profile.email.sentTitle')}>
          {t('profile.email.sent', { email: asked })}
        </Notice>
      ) : (
        <FormLayout id="email" onSubmit={onSubmit}>
          <TextInput
            data-autofocus
            type="email"
            autoComplete="email"
            label={t('profile.email.new')}
            description={t('profile.email.help')}
            {...form.getInputProps('email')}
          />
          <PasswordField label={t('profile.currentPassword')} {...form.getInputProps('currentPassword')} />
          <FormFailure {...failure} />
        </FormLayout>
      )}
    </SideDrawer>
  );
}
