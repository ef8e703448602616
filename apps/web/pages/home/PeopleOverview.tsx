import type { HomeSummary } from '@rollcall/contract/home';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { StackBar } from '../../ui/chart/StackBar.tsx';
import { Section } from '../../ui/Section.tsx';
import { StatTile, StatTiles } from '../../ui/StatTile.tsx';
import classes from './HomePage.module.css';

interface PeopleOverviewProps {
  people: NonNullable<HomeSummary['people']>;
}

const statuses = ['active', 'invited', 'scheduled', 'inactive'] as const;

/** Who is there: by status, each figure leading to its list, and who of them takes calls at this moment. */
export function PeopleOverview({ people }: PeopleOverviewProps) {
  const { t } = useTranslation();
  const offline = Math.max(0, people.active - people.online - people.away);
  return (
    <Section plain title={t('home.people.title')}>
      <div className={classes.people}>
        <StatTiles>
          {statuses.map((status) => (
            <StatTile
              key={status}
              label={t(`home.people.${status}`)}
              value={people[status]}
              note={t(`home.people.note.${status}`)}
              link={(label) => <RouteLink href={`${paths.agents()}?status=${status}`}>{label}</RouteLink>}
            />
          ))}
        </StatTiles>
        {people.active > 0 && (
          <StackBar
            label={t('home.people.availability')}
            parts={[
              { key: 'online', label: t('availability.online'), value: people.online, tone: 'good' },
              { key: 'away', label: t('availability.away'), value: people.away, tone: 'warn' },
              { key: 'offline', label: t('availability.offline'), value: offline, tone: 'idle' },
            ]}
          />
        )}
      </div>
    </Section>
  );
}
