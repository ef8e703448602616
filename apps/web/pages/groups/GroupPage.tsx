import { Button, Skeleton, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import { paths } from '../../paths.ts';
import { useAbility } from '../../session/me.ts';
import { NotFound } from '../../shell/NotFound.tsx';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { StackBar } from '../../ui/chart/StackBar.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { Section } from '../../ui/Section.tsx';
import { GroupMembers } from './GroupMembers.tsx';
import { GroupHealth } from './group-columns.tsx';
import classes from './groups.module.css';
import { groupQuery } from './groups-queries.ts';

const GroupDrawer = lazy(async () => ({ default: (await import('./GroupDrawer.tsx')).GroupDrawer }));
const DeleteGroup = lazy(async () => ({ default: (await import('./DeleteGroup.tsx')).DeleteGroup }));

/** One group: who is called, in which order, by which numbers. */
export function GroupPage() {
  const { t } = useTranslation();
  const { groupId } = useParams({ from: '/signed-in/settings/groups/$groupId' });
  const group = useQuery(groupQuery(groupId));
  const mayManage = useAbility('groups:manage');
  const [editing, edit] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  const back = <RouteLink href={paths.groups()}>{t('nav.groups')}</RouteLink>;
  if (!group.data) {
    if (group.isError && problemOf(group.error).code === 'not_found') return <NotFound />;
    return (
      <Page title={t('groups.one')} back={back}>
        {group.isError ? (
          <ErrorState error={group.error} onRetry={() => void group.refetch()} />
        ) : (
          <div role="status" aria-label={t('ui.loading')}>
            <Skeleton height={86} radius="md" mb={20} />
            <Skeleton height={320} radius="md" />
          </div>
        )}
      </Page>
    );
  }
  const { name, ringStrategy, memberCount, availableCount, onlineCount, numbers } = group.data;
  return (
    <Page
      title={name}
      back={back}
      badge={<GroupHealth group={group.data} t={t} />}
      actions={
        mayManage && (
          <>
            <Tooltip label={t('groups.deleteBlocked')} disabled={numbers.length === 0}>
              <Button
                variant="default"
                data-disabled={numbers.length > 0 || undefined}
                aria-disabled={numbers.length > 0}
                onClick={() => numbers.length === 0 && remove.open()}
              >
                {t('groups.delete')}
              </Button>
            </Tooltip>
            <Button variant="default" onClick={edit.open}>
              {t('groups.edit')}
            </Button>
          </>
        )
      }
    >
      {availableCount === 0 && (
        <Notice tone="warn" title={t('groups.nobody.title')}>
          {memberCount === 0 ? t('groups.nobody.empty') : t('groups.nobody.inactive')}
        </Notice>
      )}
      {memberCount > 0 && (
        <StackBar
          label={t('groups.members.title')}
          parts={[
            { key: 'online', label: t('availability.online'), value: onlineCount, tone: 'good' },
            {
              key: 'available',
              label: t('groups.activeNotOnline'),
              value: availableCount - onlineCount,
              tone: 'warn',
            },
            {
              key: 'others',
              label: t('groups.notActive'),
              value: memberCount - availableCount,
              tone: 'idle',
              pending: true,
            },
          ]}
        />
      )}
      <Section title={t('groups.calls')}>
        <p className={classes.quiet}>
          <strong>{t(`groups.strategy.${ringStrategy}`)}.</strong> {t(`groups.strategyHelp.${ringStrategy}`)}
        </p>
        {numbers.length === 0 ? (
          <p className={classes.quiet}>{t('groups.noNumbers')}</p>
        ) : (
          <ul className={classes.numbers} aria-label={t('nav.numbers')}>
            {numbers.map((number) => (
              <li key={number.id} className="rc-numbers">
                <RouteLink href={`${paths.numbers()}?search=${encodeURIComponent(number.e164)}`}>
                  {number.e164}
                </RouteLink>
                {number.label && ` ${number.label}`}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <GroupMembers group={group.data} mayManage={mayManage} />
      <Suspense>
        {editing && <GroupDrawer opened onClose={edit.close} group={group.data} />}
        {deleting && <DeleteGroup onClose={remove.close} group={group.data} />}
      </Suspense>
    </Page>
  );
}
