import { Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconLogout, IconSelector, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { type Language, languages, setLanguage } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import {
  type Availability,
  availabilities,
  availabilityTones,
  useAvailability,
  useSetAvailability,
} from '../session/availability.ts';
import { useMe } from '../session/me.ts';
import { signOut } from '../session/sign-out.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import classes from './Sidebar.module.css';

const AwayDialog = lazy(async () => ({ default: (await import('./AwayDialog.tsx')).AwayDialog }));

/** One's own corner: availability, profile, appearance, language, sign-out. */
export function ProfileMenu() {
  const { t, i18n } = useTranslation();
  const { user, email } = useMe();
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState(false);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = `${user.firstName} ${user.lastName}`.trim() || user.signInName;
  const choose = async (language: Language) => {
    await setLanguage(language);
    await api.PATCH('/api/v1/me', { body: { locale: language } });
  };
  return (
    <>
      <Menu position="top-start" width="target" closeOnItemClick={false}>
        <Menu.Target>
          <UnstyledButton className={classes.button}>
            <VisuallyHidden>{t('shell.account')}</VisuallyHidden>
            <Avatar name={name} size={28} />
            <span className={classes.buttonText}>
              <span className={classes.buttonName}>{name}</span>
              <OwnAvailability email={email} />
            </span>
            <IconSelector size={15} className={classes.chevron} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            closeMenuOnClick
            leftSection={<IconUserCircle size={16} stroke={1.7} />}
            onClick={() => void navigate({ href: paths.profile() })}
          >
            {t('nav.profile')}
          </Menu.Item>
          <Menu.Divider />
          <AvailabilityChoice onAway={() => setLeaving(true)} />
          <Menu.Divider />
          <Menu.RadioGroup
            value={colorScheme}
            onChange={(value) => setColorScheme(value as typeof colorScheme)}
          >
            <Menu.Label>{t('shell.theme')}</Menu.Label>
            <Menu.RadioItem value="auto">{t('shell.themeAuto')}</Menu.RadioItem>
            <Menu.RadioItem value="light">{t('shell.themeLight')}</Menu.RadioItem>
            <Menu.RadioItem value="dark">{t('shell.themeDark')}</Menu.RadioItem>
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.RadioGroup value={i18n.language} onChange={(value) => void choose(value as Language)}>
            <Menu.Label>{t('shell.language')}</Menu.Label>
            {languages.map((language) => (
              <Menu.RadioItem key={language.code} value={language.code} lang={language.code}>
                {language.name}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => void signOut()}>
            {t('shell.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {leaving && (
        <Suspense>
          <AwayDialog onClose={() => setLeaving(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Under the name: whether one takes calls; the address until that is known. */
function OwnAvailability({ email }: { email: string | null }) {
  const { t } = useTranslation();
  const now = useAvailability();
  return (
    <span className={classes.buttonNote}>
      {now ? (
        <StatusBadge
          tone={availabilityTones[now.availability]}
          pending={now.availability === 'offline'}
          label={now.awayReason ?? t(`availability.${now.availability}`)}
        />
      ) : (
        email
      )}
    </span>
  );
}

function AvailabilityChoice({ onAway }: { onAway: () => void }) {
  const { t } = useTranslation();
  const now = useAvailability();
  const set = useSetAvailability();
  const choose = (availability: Availability['availability']) =>
    availability === 'away' ? onAway() : set.mutate({ availability });
  return (
    <Menu.RadioGroup
      value={now?.availability ?? null}
      onChange={(value) => choose(value as Availability['availability'])}
    >
      <Menu.Label>{t('availability.title')}</Menu.Label>
      {availabilities.map((one) => (
        <Menu.RadioItem key={one} value={one} closeMenuOnClick={one === 'away'}>
          {one === 'away' ? t('availability.awayMore') : t(`availability.${one}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
