import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { useAbility, useMe } from '../../session/me.ts';
import { AvailabilityPanel } from '../../shell/AvailabilityPanel.tsx';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { Detail, DetailList } from '../../ui/DetailList.tsx';
import { Page } from '../../ui/Page.tsx';
import { Section } from '../../ui/Section.tsx';
import { OwnSessions } from './OwnSessions.tsx';
import { PersonalDetails } from './PersonalDetails.tsx';

const ChangePassword = lazy(async () => ({ default: (await import('./ChangePassword.tsx')).ChangePassword }));
const ChangeEmail = lazy(async () => ({ default: (await import('./ChangeEmail.tsx')).ChangeEmail }));

/** What one may settle oneself. */
export function ProfilePage() {
  const { t } = useTranslation();
  const { user, email } = useMe();
  const mayHaveKeys = useAbility('api-keys:create');
  const [changingPassword, password] = useDisclosure(false);
  const [changingEmail, address] = useDisclosure(false);
  return (
    <Page title={t('nav.profile')} layout="read">
      <Section title={t('availability.title')}>
        <AvailabilityPanel />
      </Section>
      <PersonalDetails />
      <Section title={t('profile.signIn')}>
        <DetailList>
          <Detail
            label={t('fields.email')}
            action={
              <Button variant="default" size="compact-sm" onClick={address.open}>
                {t('profile.email.change')}
              </Button>
            }
          >
            {email}
          </Detail>
          {user.signInName !== email && <Detail label={t('profile.signInName')}>{user.signInName}</Detail>}
          <Detail
            label={t('fields.password')}
            action={
              <Button variant="default" size="compact-sm" onClick={password.open}>
                {t('profile.password.change')}
              </Button>
            }
          >
            ••••••••••••
          </Detail>
          {mayHaveKeys && (
            <Detail label={t('nav.apiKeys')}>
              <RouteLink href={paths.apiKeys()}>{t('profile.keys')}</RouteLink>
            </Detail>
          )}
        </DetailList>
      </Section>
      <OwnSessions />
      <Suspense>
        {changingPassword && <ChangePassword onClose={password.close} />}
        {changingEmail && <ChangeEmail onClose={address.close} />}
      </Suspense>
    </Page>
  );
}
