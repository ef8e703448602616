import { Button, SegmentedControl, TextInput } from '@mantine/core';
import type { AuditAction } from '@rollcall/contract/audit-actions';
import type { WebhookCreated } from '@rollcall/contract/webhooks';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SecretOnce } from '../../ui/SecretOnce.tsx';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { EventsField } from './EventsField.tsx';
import classes from './Webhooks.module.css';
import { useWebhookActions } from './webhooks-queries.ts';

type Kind = 'webhook' | 'syslog';

/** First where to and what, then the signing secret, this one time. */
export function AddWebhookDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const formId = useId();
  const { add } = useWebhookActions();
  const [kind, setKind] = useState<Kind>('webhook');
  const [added, setAdded] = useState<WebhookCreated>();
  const check = fieldChecks(t);
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { name: '', url: '', actions: [] as AuditAction[] },
    validate: { name: check.required, url: check.required },
    submit: async (values) => setAdded(await add.mutateAsync(values)),
  });
  if (added) {
    return (
      <SideDrawer
        opened
        onClose={onClose}
        title={added.name}
        footer={<Button onClick={onClose}>{t('webhooks.add.done')}</Button>}
      >
        {added.secret ? (
          <>
            <SecretOnce what={t('webhooks.secret')} secret={added.secret} />
            <p className={classes.verify}>{t('webhooks.add.verify')}</p>
          </>
        ) : (
          <Notice tone="good">{t('webhooks.add.streaming')}</Notice>
        )}
      </SideDrawer>
    );
  }
  return (
    <SideDrawer
      opened
      onClose={onClose}
      title={t('webhooks.add.title')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={formId} loading={submitting}>
            {t('webhooks.add.submit')}
          </Button>
        </>
      }
    >
      <FormLayout id={formId} onSubmit={onSubmit}>
        <SegmentedControl
          aria-label={t('webhooks.add.kind')}
          value={kind}
          onChange={(chosen) => setKind(chosen as Kind)}
          data={(['webhook', 'syslog'] as const).map((value) => ({
            value,
            label: t(`webhooks.kind.${value}`),
          }))}
        />
        <TextInput
          data-autofocus
          label={t('webhooks.columns.name')}
          required
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('webhooks.columns.address')}
          description={t(`webhooks.add.addressHelp.${kind}`)}
          placeholder={
            kind === 'webhook'
              ? 'https://siem.example.com/hooks/rollcall'
              : 'syslog+tls://siem.example.com:6514'
          }
          required
          spellCheck={false}
          autoComplete="off"
          {...form.getInputProps('url')}
        />
        <EventsField
          value={form.values.actions}
          onChange={(actions) => form.setFieldValue('actions', actions)}
          error={form.errors.actions as string | undefined}
        />
        <FormFailure {...failure} />
      </FormLayout>
    </SideDrawer>
  );
}
