import { Button } from '@mantine/core';
import type { HomeSummary } from '@rollcall/contract/home';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { paths } from '../../paths.ts';
import { useAbility } from '../../session/me.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { toastDone } from '../../ui/toast.ts';
import classes from './HomePage.module.css';

const HandOverLink = lazy(async () => ({ default: (await import('./HandOverLink.tsx')).HandOverLink }));

type Stuck = NonNullable<HomeSummary['stuckInvitations']>;
type Item = Stuck['items'][number];

/** More of them are a list of their own. */
const shownHere = 5;

/** Invitations that nobody will accept unless somebody does something: why, and that something beside it. */
export function StuckInvitations({ stuck }: { stuck: Stuck }) {
  const { t } = useTranslation();
  const [handingOver, handOver] = useState<Item>();
  const invited = `${paths.agents()}?status=invited&invitationState=queued&invitationState=refused&invitationState=bounced&invitationState=expired`;
  return (
    <Section title={t('home.stuck.title')}>
      {stuck.count === 0 ? (
        <p className={classes.calm}>
          <IconCircleCheck size={17} stroke={1.8} aria-hidden="true" />
          {t('home.stuck.none')}
        </p>
      ) : (
        <ul className={classes.stuck}>
          {stuck.items.slice(0, shownHere).map((item) => (
            <StuckItem key={item.userId} item={item} onLink={() => handOver(item)} />
          ))}
        </ul>
      )}
      {stuck.count > shownHere && (
        <p className={classes.more}>
          <RouteLink href={invited}>{t('home.stuck.all', { count: stuck.count })}</RouteLink>
        </p>
      )}
      {handingOver && (
        <Suspense>
          <HandOverLink
            userId={handingOver.userId}
            name={handingOver.name}
            onClose={() => handOver(undefined)}
          />
        </Suspense>
      )}
    </Section>
  );
}

function StuckItem({ item, onLink }: { item: Item; onLink: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const mayInvite = useAbility('invitations:manage');
  const resend = useMutation({
    mutationFn: () => api.POST('/api/v1/users/{id}/invitation', { params: { path: { id: item.userId } } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['home'] });
      void toastDone(t('home.stuck.resent', { name: item.name }));
    },
  });
  return (
    <li>
      <div className={classes.what}>
        <div className={classes.line}>
          <RouteLink href={paths.agent(item.userId)} className={classes.name}>
            {item.name}
          </RouteLink>
          <span className={classes.quiet}>
            <RelativeTime value={item.since} />
          </span>
        </div>
        <div className={classes.reason}>{item.reason}</div>
        {resend.error && <FormFailure error={resend.error} />}
      </div>
      {mayInvite && (
        <div className={classes.actions}>
          <Button
            variant="default"
            size="compact-sm"
            loading={resend.isPending}
            onClick={() => resend.mutate()}
            aria-label={`${t('home.stuck.resend')}: ${item.name}`}
          >
            {t('home.stuck.resend')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={onLink}
            aria-label={`${t('home.stuck.link')}: ${item.name}`}
          >
            {t('home.stuck.link')}
          </Button>
        </div>
      )}
    </li>
  );
}
