import { Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconLogout, IconSelector, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { type Language, languages, setLanguage } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { useMe } from '../session/me.ts';
import { signOut } from '../session/sign-out.ts';
import { Avatar } from '../ui/Avatar.tsx';
import classes from './Sidebar.module.css';

/** One's own corner: profile, appearance, language, sign-out. */
export function ProfileMenu() {
  const { t, i18n } = useTranslation();
  const { user, email } = useMe();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = `${user.firstName} ${user.lastName}`;
  const choose = async (language: Language) => {
    await setLanguage(language);
    await api.PATCH('/api/v1/me', { body: { locale: language } });
  };
  return (
    <Menu position="top-start" width="target" closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <VisuallyHidden>{t('shell.account')}</VisuallyHidden>
          <Avatar name={name} size={28} />
          <span className={classes.buttonText}>
            <span className={classes.buttonName}>{name}</span>
            <span className={classes.buttonNote}>{email}</span>
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
  );
}
