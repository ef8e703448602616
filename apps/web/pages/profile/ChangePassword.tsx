import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useMe } from '../../session/me.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { PasswordField } from '../../ui/form/PasswordField.tsx';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { toastDone } from '../../ui/toast.ts';
import { ownSessionsQuery } from './profile-queries.ts';

/** A new password for who knows the present one; every other session ends with it. */
export function ChangePassword({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { user } = useMe();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: { currentPassword: fieldChecks(t).required, newPassword: fieldChecks(t).newPassword },
    async submit(values) {
      await api.POST('/api/v1/me/password', { body: values });
      await queryClient.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
      onClose();
      void toastDone(t('profile.password.done'));
    },
  });
  return (
    <SideDrawer
      opened
      onClose={onClose}
      title={t('profile.password.title')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form="password" loading={submitting}>
            {t('profile.password.change')}
          </Button>
        </>
      }
    >
      <FormLayout id="password" onSubmit={onSubmit}>
        {/* Tells a password manager whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={user.signInName} readOnly hidden />
        <PasswordField
          data-autofocus
          label={t('profile.currentPassword')}
          {...form.getInputProps('currentPassword')}
        />
        <PasswordField chosen label={t('fields.newPassword')} {...form.getInputProps('newPassword')} />
        <Notice tone="info">{t('profile.password.ends')}</Notice>
        <FormFailure {...failure} />
      </FormLayout>
    </SideDrawer>
  );
}
