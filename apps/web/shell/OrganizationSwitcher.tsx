import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/me.ts';
import { switchOrganization } from '../session/sign-out.ts';
import { Logo } from '../ui/Logo.tsx';
import classes from './Sidebar.module.css';

/** The organization one works in; a menu only where there is another one to go to. */
export function OrganizationSwitcher() {
  const { t } = useTranslation();
  const { organization, organizations } = useMe();
  const name = (
    <>
      {organization.logo ? (
        <img src={organization.logo} alt="" className={classes.logo} />
      ) : (
        <Logo size={24} />
      )}
      <span className={classes.buttonText}>
        <span className={classes.buttonName}>{organization.name}</span>
      </span>
    </>
  );
  if (organizations.length < 2) return <div className={classes.button}>{name}</div>;
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <UnstyledButton
          className={classes.button}
          aria-label={`${t('shell.switchOrganization')}: ${organization.name}`}
        >
          {name}
          <IconSelector size={15} className={classes.chevron} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.switchOrganization')}</Menu.Label>
        {organizations.map((one) => (
          <Menu.Item
            key={one.id}
            rightSection={one.id === organization.id ? <IconCheck size={15} /> : null}
            onClick={() => one.id !== organization.id && void switchOrganization(one.id)}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
