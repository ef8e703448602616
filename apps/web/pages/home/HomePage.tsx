import { useTranslation } from 'react-i18next';
import { useMe } from '../../session/me.ts';
import { navFor } from '../../shell/nav-items.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { Page } from '../../ui/Page.tsx';
import classes from './HomePage.module.css';

export function HomePage() {
  const { t } = useTranslation();
  const { abilities, organization } = useMe();
  const places = navFor(abilities).flatMap((group) => (group.label ? group.items : []));
  return (
    <Page title={organization.name}>
      <ul className={classes.places}>
        {places.map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <RouteLink href={href} className={classes.place}>
              <Icon size={18} stroke={1.7} />
              {t(label)}
            </RouteLink>
          </li>
        ))}
      </ul>
    </Page>
  );
}
