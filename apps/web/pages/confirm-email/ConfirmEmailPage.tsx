import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { paths } from '../../paths.ts';
import { useLinkToken } from '../../session/use-link-token.ts';
import { PublicPage } from '../../shell/PublicPage.tsx';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { useServerForm } from '../../ui/form/use-server-form.ts';

/** Opened from the mail to a new address. Looking changes nothing; the button does. */
export function ConfirmEmailPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const [email, setEmail] = useState<string>();
  const { submitting, failure, onSubmit } = useServerForm({
    initialValues: {},
    async submit() {
      const done = await body(api.POST('/api/v1/email-changes/complete', { body: { token: token ?? '' } }));
      setEmail(done.email);
    },
  });
  const onwards = <RouteLink href={paths.home()}>{t('confirmEmail.goOn')}</RouteLink>;
  if (!token) return <PublicPage title={t('confirmEmail.title')} intro={t('confirmEmail.incomplete')} />;
  if (email) {
    return (
      <PublicPage
        title={t('confirmEmail.doneTitle')}
        intro={t('confirmEmail.done', { email })}
        below={onwards}
      />
    );
  }
  return (
    <PublicPage title={t('confirmEmail.title')} intro={t('confirmEmail.intro')}>
      <FormLayout onSubmit={onSubmit}>
        <FormFailure {...failure} />
        <Button type="submit" fullWidth loading={submitting}>
          {t('confirmEmail.submit')}
        </Button>
      </FormLayout>
    </PublicPage>
  );
}
