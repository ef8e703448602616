import { Button, Skeleton, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { useAbility, useMe } from '../../session/me.ts';
import { RouteError } from '../../shell/RouteError.tsx';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { nameOf } from '../agents/name-of.ts';
import { UserStatusBadge } from '../agents/UserBadges.tsx';
import { AccessTab } from './AccessTab.tsx';
import { ActivityTab } from './ActivityTab.tsx';
import classes from './AgentPage.module.css';
import { AvailabilityControl } from './AvailabilityControl.tsx';
import { profileQuery } from './agent-queries.ts';
import { type AgentTab, agentTabs } from './agent-tabs.ts';
import { DetailsTab } from './DetailsTab.tsx';
import { GroupsTab } from './GroupsTab.tsx';
import { NumbersTab } from './NumbersTab.tsx';
import { OffBoardingTab } from './OffBoardingTab.tsx';

const DeactivateDialog = lazy(async () => ({
  default: (await import('./DeactivateDialog.tsx')).DeactivateDialog,
}));
const ReactivateDialog = lazy(async () => ({
  default: (await import('./ReactivateDialog.tsx')).ReactivateDialog,
}));

const panels = {
  details: DetailsTab,
  access: AccessTab,
  groups: GroupsTab,
  numbers: NumbersTab,
  activity: ActivityTab,
  'off-boarding': OffBoardingTab,
} as const;

/** Everything about one person. */
export function AgentPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { userId } = useParams({ from: '/signed-in/settings/agents/$userId' });
  const { tab = 'details' } = useSearch({ from: '/signed-in/settings/agents/$userId' });
  const profile = useQuery(profileQuery(userId));
  const ownId = useMe().user.id;
  const maySeeGroups = useAbility('groups:read');
  const mayDeactivate = useAbility('users:deactivate');
  const [confirming, confirm] = useDisclosure(false);
  const back = <RouteLink href={paths.agents()}>{t('nav.agents')}</RouteLink>;
  if (profile.isError && !profile.data) {
    return <RouteError error={profile.error} reset={() => void profile.refetch()} />;
  }
  if (!profile.data) {
    return (
      <Page title={t('ui.loading')} back={back}>
        <Skeleton height={34} width="60%" />
        <Skeleton height={260} />
      </Page>
    );
  }
  const user = profile.data;
  const Panel = panels[tab];
  const Dialog = user.status === 'inactive' ? ReactivateDialog : DeactivateDialog;
  const shown = agentTabs.filter((one) => one !== 'groups' || maySeeGroups);
  const facts = [
    user.roles.map((role) => role.name).join(', '),
    user.title,
    user.department,
    user.extension && t('agents.fields.extensionIs', { extension: user.extension }),
    user.id === ownId && t('agents.fields.thatIsYou'),
  ].filter(Boolean);
  return (
    <Page
      title={nameOf(user)}
      back={back}
      badge={<UserStatusBadge status={user.status} invitation={user.invitationState} />}
      intro={facts.join(' · ')}
      actions={
        <>
          {user.status === 'active' && <AvailabilityControl user={user} />}
          {mayDeactivate && (
            <Button variant="default" onClick={confirm.open}>
              {t(user.status === 'inactive' ? 'agents.reactivate.action' : 'agents.deactivate.action')}…
            </Button>
          )}
        </>
      }
    >
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to: '.',
            search: (next === 'details' ? {} : { tab: next as AgentTab }) as never,
            replace: true,
          })
        }
        classNames={{ list: classes.tabs, tab: classes.tab }}
      >
        <Tabs.List>
          {shown.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`agents.tabs.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.panel}>
          <Panel user={user} />
        </Tabs.Panel>
      </Tabs>
      {confirming && (
        <Suspense>
          <Dialog user={user} onClose={confirm.close} />
        </Suspense>
      )}
    </Page>
  );
}
