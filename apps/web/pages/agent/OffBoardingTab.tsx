import { Skeleton } from '@mantine/core';
import type { UserProfile } from '@rollcall/contract/users';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Section } from '../../ui/Section.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './AgentPage.module.css';
import { offBoardingsQuery } from './agent-queries.ts';

/** Every time that somebody left: the proof of it. */
export function OffBoardingTab({ user }: { user: UserProfile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const records = useQuery(offBoardingsQuery(user.id));
  return (
    <Section title={t('agents.tabs.off-boarding')} intro={t('agents.records.intro')}>
      {records.isPending && <Skeleton height={48} />}
      {records.isError && <ErrorState error={records.error} onRetry={() => void records.refetch()} />}
      {records.data?.length === 0 && <p className={classes.quiet}>{t('agents.records.none')}</p>}
      <ul className={classes.rows}>
        {records.data?.map((record) => {
          const open = record.tasks.filter((task) => !task.doneAt).length;
          return (
            <li key={record.id} className={classes.item}>
              <div className={classes.itemText}>
                <RouteLink href={paths.offboarding(record.id)}>
                  {format.dateTime(record.times.accessEnded)}
                </RouteLink>
                <div className={classes.itemNote}>
                  {t('agents.records.line', {
                    by: record.by.name || t('record.unnamed'),
                    milliseconds: format.number(Math.round(record.times.milliseconds)),
                  })}
                  {record.reason && ` · ${record.reason}`}
                </div>
              </div>
              <StatusBadge
                tone={open > 0 ? 'warn' : 'good'}
                label={t('agents.records.open', { count: open })}
              />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
