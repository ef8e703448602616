import { Button, Skeleton } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { useAbility } from '../../session/me.ts';
import { RouteError } from '../../shell/RouteError.tsx';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { Detail, DetailList } from '../../ui/DetailList.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { Section } from '../../ui/Section.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { EndedThings } from './EndedThings.tsx';
import { EndOfAccess } from './EndOfAccess.tsx';
import classes from './OffBoardingRecordPage.module.css';
import { OffBoardingTasks } from './OffBoardingTasks.tsx';
import { offBoardingQuery } from './off-boarding-query.ts';
import { recordTimes } from './record-times.ts';

/** The proof that somebody is out: the times, what ended, what was kept, what is left to do. Prints well. */
export function OffBoardingRecordPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const maySeeRegister = useAbility('audit:read');
  const { recordId } = useParams({ from: '/signed-in/leavers/$recordId' });
  const record = useQuery(offBoardingQuery(recordId));
  const back = maySeeRegister && <RouteLink href={paths.leavers()}>{t('nav.leavers')}</RouteLink>;
  if (record.isError && !record.data) {
    return <RouteError error={record.error} reset={() => void record.refetch()} />;
  }
  if (!record.data) {
    return (
      <Page title={t('ui.loading')} back={back}>
        <Skeleton height={96} />
        <Skeleton height={240} />
      </Page>
    );
  }
  const { user, by, reason, successor, kept, reactivation, tasks } = record.data;
  const open = tasks.filter((task) => !task.doneAt).length;
  return (
    <Page
      title={t('record.title', { name: user.name })}
      back={back}
      badge={
        <StatusBadge tone={open > 0 ? 'warn' : 'good'} label={t('agents.records.open', { count: open })} />
      }
      intro={[user.title, user.department, user.signInName].filter(Boolean).join(' · ')}
      actions={
        <>
          <Button variant="default" component={RouteLink} href={paths.agent(user.id)}>
            {t('record.profile')}
          </Button>
          <Button variant="default" component="a" href={`/api/v1/off-boardings/${recordId}`} download>
            {t('record.json')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPrinter size={15} stroke={1.8} />}
            onClick={() => window.print()}
          >
            {t('record.print')}
          </Button>
        </>
      }
    >
      {reactivation && (
        <Notice tone="info" title={t('record.reactivated', { at: format.dateTime(reactivation.at) })}>
          {t('record.reactivatedBy', {
            name: reactivation.byName || t('record.unnamed'),
            role: reactivation.role,
          })}
          {reactivation.reason && ` ${t('agents.history.because', { reason: reactivation.reason })}`}
        </Notice>
      )}
      <EndOfAccess record={record.data} />
      <div className={classes.columns}>
        <Section title={t('record.times')}>
          <Timeline exact unknown={t('record.unknown')} items={recordTimes(record.data, t, format)} />
        </Section>
        <Section title={t('record.why')}>
          <DetailList>
            <Detail label={t('record.by')}>{by.name || t('record.unnamed')}</Detail>
            <Detail label={t('record.reason')}>{reason ?? t('record.noReason')}</Detail>
            <Detail label={t('record.statusBefore')}>{t(`agents.status.${user.statusBefore}`)}</Detail>
            <Detail label={t('agents.columns.roles')}>{user.roles.join(', ')}</Detail>
            <Detail label={t('record.successor')}>
              {successor && <RouteLink href={paths.agent(successor.id)}>{successor.name}</RouteLink>}
            </Detail>
            <Detail label={t('ui.requestId')}>
              <code className={classes.id}>{record.data.requestId}</code>
            </Detail>
          </DetailList>
        </Section>
      </div>
      <EndedThings ended={record.data.ended} />
      <div className={classes.columns}>
        <OffBoardingTasks record={record.data} />
        <Section title={t('record.kept')}>
          <ul className={classes.kept}>
            {kept.map((thing) => (
              <li key={thing.kind}>{thing.text}</li>
            ))}
          </ul>
        </Section>
      </div>
    </Page>
  );
}
