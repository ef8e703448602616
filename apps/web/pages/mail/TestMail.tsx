import { Button, TextInput } from '@mantine/core';
import type { MailRow } from '@rollcall/contract/mails';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useMe } from '../../session/me.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Section } from '../../ui/Section.tsx';
import classes from './mail.module.css';
import { findMail, mailKey } from './mail-queries.ts';

/** Sends a mail the way of every other, and stays with it until it is known what came of it. */
export function TestMail() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { email } = useMe();
  const [sent, setSent] = useState<MailRow>();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { to: email ?? '' },
    validate: { to: fieldChecks(t).email },
    async submit({ to }) {
      setSent(undefined);
      setSent(await body(api.POST('/api/v1/mail/test', { body: { to: to.trim() } })));
      await queryClient.invalidateQueries({ queryKey: [mailKey] });
    },
  });
  return (
    <Section title={t('mail.test.title')} intro={t('mail.test.intro')}>
      <form onSubmit={onSubmit} noValidate className={classes.stack}>
        <div className={classes.testLine}>
          <TextInput
            type="email"
            autoComplete="email"
            label={t('mail.test.to')}
            {...form.getInputProps('to')}
          />
          <Button type="submit" loading={submitting}>
            {t('mail.test.send')}
          </Button>
        </div>
        <FormFailure {...failure} />
        {sent && <TestResult key={sent.id} sent={sent} />}
      </form>
    </Section>
  );
}

const tones = {
  queued: 'info',
  deferred: 'warn',
  kept: 'info',
  sent: 'good',
  refused: 'bad',
  bounced: 'bad',
  cancelled: 'info',
} as const;

function TestResult({ sent }: { sent: MailRow }) {
  const { t } = useTranslation();
  const mail =
    useQuery({
      queryKey: [mailKey, 'test', sent.id],
      queryFn: async () => (await findMail(sent.id)) ?? sent,
      initialData: sent,
      refetchInterval: ({ state }) =>
        state.data?.state === 'queued' || state.data?.state === 'deferred' ? 1500 : false,
    }).data ?? sent;
  return (
    <Notice
      tone={tones[mail.state]}
      role="status"
      title={t(`mail.test.result.${mail.state}`, { to: mail.to })}
    >
      {mail.words}
    </Notice>
  );
}
