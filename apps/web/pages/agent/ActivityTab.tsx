import { Button, Skeleton } from '@mantine/core';
import type { UserProfile } from '@rollcall/contract/users';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbility } from '../../session/me.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Section } from '../../ui/Section.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import classes from './AgentPage.module.css';
import { auditOfQuery, historyQuery } from './agent-queries.ts';
import { auditItems } from './audit-items.tsx';
import { historyItems } from './history-items.ts';
import { Lifeline } from './Lifeline.tsx';

/** What somebody has been over time, and everything that was done to them. */
export function ActivityTab({ user }: { user: UserProfile }) {
  const { t } = useTranslation();
  const maySeeAudit = useAbility('audit:read');
  const history = useQuery(historyQuery(user.id));
  return (
    <>
      <Section title={t('agents.history.title')} intro={t('agents.history.intro')}>
        {history.isPending && <Skeleton height={80} />}
        {history.isError && <ErrorState error={history.error} onRetry={() => void history.refetch()} />}
        {history.data && <Lifeline history={history.data} />}
      </Section>
      <div className={classes.columns}>
        {maySeeAudit && <Audit userId={user.id} />}
        {history.data && (
          <Section title={t('agents.history.changes')}>
            <Timeline items={historyItems(history.data, t)} />
          </Section>
        )}
      </div>
    </>
  );
}

function Audit({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const audit = useInfiniteQuery(auditOfQuery(userId));
  const items = useMemo(
    () => auditItems(audit.data?.pages.flatMap((page) => page.items) ?? [], t),
    [audit.data, t],
  );
  return (
    <Section title={t('agents.history.audit')}>
      {audit.isPending && <Skeleton height={120} />}
      {audit.isError && <ErrorState error={audit.error} onRetry={() => void audit.refetch()} />}
      {audit.data && items.length === 0 && <p className={classes.quiet}>{t('agents.history.none')}</p>}
      <Timeline items={items} />
      {audit.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          {t('agents.history.more')}
        </Button>
      )}
    </Section>
  );
}
