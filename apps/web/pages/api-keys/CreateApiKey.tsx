import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { CreatedApiKey } from '@rollcall/contract/api-keys';
import type { Permission } from '@rollcall/contract/permissions';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { SecretOnce } from '../../ui/SecretOnce.tsx';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { apiKeysKey } from './api-keys-queries.ts';
import classes from './CreateApiKey.module.css';
import { PermissionChoice } from './PermissionChoice.tsx';

const lifetimes = ['7', '30', '90', '180', '365'] as const;

/** The last one ends a little early: the server counts a year from when it hears of it. */
const endOf = (days: string) =>
  new Date(Date.now() + Number(days) * 86_400_000 - (days === '365' ? 3_600_000 : 0)).toISOString();

/** Name, permissions, end; then the secret, this one time. */
export function CreateApiKey({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<CreatedApiKey>();
  return made ? <MadeKey apiKey={made} onClose={onClose} /> : <KeyForm onMade={setMade} onClose={onClose} />;
}

function KeyForm({ onMade, onClose }: { onMade: (key: CreatedApiKey) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queryClient = useQueryClient();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { name: '', expiresAt: '90', permissions: [] as Permission[] },
    validate: {
      name: fieldChecks(t).required,
      permissions: (chosen) => (chosen.length === 0 ? t('apiKeys.chooseOne') : null),
    },
    async submit({ name, expiresAt, permissions }) {
      const made = await body(
        api.POST('/api/v1/api-keys', { body: { name, permissions, expiresAt: endOf(expiresAt) } }),
      );
      onMade(made);
      await queryClient.invalidateQueries({ queryKey: [apiKeysKey] });
    },
  });
  return (
    <SideDrawer
      opened
      onClose={onClose}
      title={t('apiKeys.create')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form="api-key" loading={submitting}>
            {t('apiKeys.create')}
          </Button>
        </>
      }
    >
      <FormLayout id="api-key" onSubmit={onSubmit}>
        <TextInput
          data-autofocus
          label={t('apiKeys.columns.name')}
          description={t('apiKeys.nameHelp')}
          maxLength={100}
          {...form.getInputProps('name')}
        />
        <NativeSelect
          label={t('apiKeys.columns.expiresAt')}
          data={lifetimes.map((value) => ({
            value,
            label: t('apiKeys.inDays', { count: Number(value), date: format.date(endOf(value)) }),
          }))}
          {...form.getInputProps('expiresAt')}
        />
        <PermissionChoice
          value={form.values.permissions}
          onChange={(permissions) => form.setFieldValue('permissions', permissions)}
          error={form.errors.permissions}
        />
        <FormFailure {...failure} />
      </FormLayout>
    </SideDrawer>
  );
}

function MadeKey({ apiKey, onClose }: { apiKey: CreatedApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const example = `curl -H "Authorization: Bearer $KEY" ${window.location.origin}/api/v1/me`;
  return (
    <SideDrawer
      opened
      onClose={onClose}
      title={t('apiKeys.made', { name: apiKey.name })}
      footer={<Button onClick={onClose}>{t('apiKeys.stored')}</Button>}
    >
      <div className={classes.made}>
        {apiKey.secret && <SecretOnce what={t('apiKeys.what')} secret={apiKey.secret} />}
        <p className={classes.text}>{t('apiKeys.until', { date: format.dateTime(apiKey.expiresAt) })}</p>
        <div>
          <p className={classes.text}>{t('apiKeys.try')}</p>
          <div className={classes.example}>
            <code>{example}</code>
            <CopyButton value={example} what={t('apiKeys.example')} />
          </div>
        </div>
        <p className={classes.text}>
          <a href="/api/docs" target="_blank" rel="noreferrer">
            {t('apiKeys.docs')}
          </a>
        </p>
      </div>
    </SideDrawer>
  );
}
