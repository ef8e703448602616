import { useTranslation } from 'react-i18next';
import { useMe } from '../session/me.ts';
import { navFor } from './nav-items.ts';
import { OrganizationSwitcher } from './OrganizationSwitcher.tsx';
import { ProfileMenu } from './ProfileMenu.tsx';
import { RouteLink } from './RouteLink.tsx';
import classes from './Sidebar.module.css';

export function Sidebar() {
  const { t } = useTranslation();
  const { abilities } = useMe();
  return (
    <div className={classes.sidebar}>
      <OrganizationSwitcher />
      <nav aria-label={t('nav.main')} className={classes.nav}>
        {navFor(abilities).map((group) => (
          <div key={group.label ?? 'top'} className={classes.group}>
            {group.label && <p className={classes.heading}>{t(group.label)}</p>}
            <ul className={classes.items}>
              {group.items.map(({ label, href, icon: Icon }) => (
                <li key={href}>
                  <RouteLink href={href} className={classes.item}>
                    <Icon size={17} stroke={1.7} />
                    {t(label)}
                  </RouteLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <ProfileMenu />
    </div>
  );
}
