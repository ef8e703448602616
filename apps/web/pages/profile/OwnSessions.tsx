import { Button, Skeleton } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { toastDone } from '../../ui/toast.ts';
import { deviceOf } from '../agent/device-of.ts';
import classes from './OwnSessions.module.css';
import { ownSessionsQuery } from './profile-queries.ts';

/** Where one is signed in; each end takes effect at once. */
export function OwnSessions() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const sessions = useQuery(ownSessionsQuery);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
  const end = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } }),
    onSettled: refresh,
  });
  const endOthers = useMutation({
    mutationFn: () => body(api.DELETE('/api/v1/sessions')),
    onSuccess: ({ ended }) => void toastDone(t('profile.sessions.ended', { count: ended })),
    onSettled: refresh,
  });
  const others = sessions.data?.filter((session) => !session.current).length ?? 0;
  return (
    <Section
      title={t('profile.sessions.title')}
      intro={t('profile.sessions.intro')}
      actions={
        others > 0 && (
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('profile.sessions.endOthers', { count: others })}
          </Button>
        )
      }
    >
      {sessions.isPending && <Skeleton height={52} />}
      {sessions.isError && !sessions.data && (
        <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      <FormFailure error={end.error ?? endOthers.error ?? undefined} />
      <ul className={classes.list}>
        {sessions.data?.map((session) => {
          const mobile = /Mobile|Android|iPhone|iPad/.test(session.userAgent ?? '');
          const Icon = mobile ? IconDeviceMobile : IconDeviceDesktop;
          const device = deviceOf(session.userAgent, t);
          return (
            <li key={session.id}>
              <Icon size={20} stroke={1.6} className={classes.icon} aria-hidden="true" />
              <div className={classes.text}>
                <div className={classes.device}>
                  {device}
                  {session.current && <StatusBadge tone="good" label={t('profile.sessions.current')} />}
                </div>
                <div className={classes.note}>
                  {session.ip && <>{session.ip}, </>}
                  {t('profile.sessions.seen')} <RelativeTime value={session.lastSeenAt} />,{' '}
                  {t('profile.sessions.since')} <RelativeTime value={session.createdAt} />
                </div>
              </div>
              {!session.current && (
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={end.isPending && end.variables === session.id}
                  onClick={() => end.mutate(session.id)}
                  aria-label={`${t('profile.sessions.end')}: ${device}`}
                >
                  {t('profile.sessions.end')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
