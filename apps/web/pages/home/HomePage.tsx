import { useTranslation } from 'react-i18next';
import { useMe } from '../../session/me.ts';
import { navFor } from '../../shell/nav-items.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { Section } from '../../ui/Section.tsx';

export function HomePage() {
  const { t } = useTranslation();
  const { abilities, organization } = useMe();
  const places = navFor(abilities).flatMap((group) => (group.label ? group.items : []));
  return (
    <Page title={organization.name} layout="read">
      <Section title={t('home.places')}>
        <ul style={{ margin: 0, paddingLeft: '1.25rem' }}>
          {places.map((item) => (
            <li key={item.href}>
              <RouteLink href={item.href}>{t(item.label)}</RouteLink>
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}
