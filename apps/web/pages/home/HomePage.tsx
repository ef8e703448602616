import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../session/me.ts';
import { AvailabilityPanel } from '../../shell/AvailabilityPanel.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { Section } from '../../ui/Section.tsx';
import classes from './HomePage.module.css';
import { HomeWarnings } from './HomeWarnings.tsx';
import { homeQuery } from './home-queries.ts';
import { PeopleOverview } from './PeopleOverview.tsx';
import { RecentChanges } from './RecentChanges.tsx';
import { StuckInvitations } from './StuckInvitations.tsx';

/** How things stand: what must be mended first, then people, then what has happened. */
export function HomePage() {
  const { t } = useTranslation();
  const { organization } = useMe();
  const home = useQuery(homeQuery);
  return (
    <Page title={organization.name}>
      {home.isPending && <HomeSkeleton />}
      {home.isError && !home.data && <ErrorState error={home.error} onRetry={() => void home.refetch()} />}
      {home.data && (
        <>
          <HomeWarnings warnings={home.data.warnings} />
          {home.data.people ? (
            <PeopleOverview people={home.data.people} />
          ) : (
            <Section title={t('home.own.title')} intro={t('home.own.intro')}>
              <AvailabilityPanel />
            </Section>
          )}
          <div className={classes.columns}>
            {home.data.stuckInvitations && <StuckInvitations stuck={home.data.stuckInvitations} />}
            {home.data.recentChanges && <RecentChanges changes={home.data.recentChanges} />}
          </div>
        </>
      )}
    </Page>
  );
}

function HomeSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('ui.loading')} className={classes.skeleton}>
      <Skeleton height={86} radius="md" />
      <Skeleton height={34} radius="md" />
      <div className={classes.columns}>
        <Skeleton height={260} radius="md" />
        <Skeleton height={260} radius="md" />
      </div>
    </div>
  );
}
