import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import classes from './AgentPage.module.css';
import { keysQuery, sessionsQuery } from './agent-queries.ts';
import { deviceOf } from './device-of.ts';

interface Line {
  id: string;
  text: ReactNode;
  note: ReactNode;
}

interface LivesProps {
  lines: Line[] | undefined;
  query: { isError: boolean; error: unknown; refetch: () => unknown };
  none: string;
  endLabel: string;
  onEnd: (id: string) => Promise<unknown>;
}

/** Things that let somebody in, each with its end. */
function Lives({ lines, query, none, endLabel, onEnd }: LivesProps) {
  const end = useMutation({ mutationFn: onEnd, onSettled: () => query.refetch() });
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!lines) return <Skeleton height={40} />;
  return (
    <>
      {lines.length === 0 && <p className={classes.quiet}>{none}</p>}
      <ul className={classes.rows}>
        {lines.map((line) => (
          <li key={line.id} className={classes.item}>
            <div className={classes.itemText}>
              {line.text}
              <div className={classes.itemNote}>{line.note}</div>
            </div>
            <Button
              variant="default"
              loading={end.isPending && end.variables === line.id}
              onClick={() => end.mutate(line.id)}
            >
              {endLabel}
            </Button>
          </li>
        ))}
      </ul>
      <FormFailure error={end.error} />
    </>
  );
}

export function SessionsSection({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const sessions = useQuery(sessionsQuery(userId));
  const endAll = useMutation({
    mutationFn: () => api.DELETE('/api/v1/users/{id}/sessions', { params: { path: { id: userId } } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsQuery(userId).queryKey }),
  });
  return (
    <Section
      title={t('agents.sessions.title')}
      intro={t('agents.sessions.intro')}
      actions={
        (sessions.data?.length ?? 0) > 1 && (
          <Button variant="default" loading={endAll.isPending} onClick={() => endAll.mutate()}>
            {t('agents.sessions.endAll')}
          </Button>
        )
      }
    >
      <Lives
        query={sessions}
        none={t('agents.sessions.none')}
        endLabel={t('agents.sessions.end')}
        lines={sessions.data?.map((session) => ({
          id: session.id,
          text: session.current
            ? t('agents.sessions.this', { device: deviceOf(session.userAgent, t) })
            : deviceOf(session.userAgent, t),
          note: (
            <>
              {session.ip && `${session.ip} · `}
              {t('agents.sessions.seen')} <RelativeTime value={session.lastSeenAt} />
            </>
          ),
        }))}
        onEnd={(sessionId) =>
          api.DELETE('/api/v1/users/{id}/sessions/{sessionId}', {
            params: { path: { id: userId, sessionId } },
          })
        }
      />
    </Section>
  );
}

export function KeysSection({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const keys = useQuery(keysQuery(userId));
  return (
    <Section title={t('nav.apiKeys')}>
      <Lives
        query={keys}
        none={t('agents.keys.none')}
        endLabel={t('agents.keys.revoke')}
        lines={keys.data?.map((key) => ({
          id: key.id,
          text: `${key.name} (${key.hint})`,
          note: (
            <>
              {key.lastUsedAt ? (
                <>
                  {t('agents.keys.used')} <RelativeTime value={key.lastUsedAt} />
                </>
              ) : (
                t('agents.keys.neverUsed')
              )}
              {' · '}
              {t('agents.keys.until', { at: format.date(key.expiresAt) })}
            </>
          ),
        }))}
        onEnd={(keyId) =>
          api.DELETE('/api/v1/users/{id}/api-keys/{keyId}', { params: { path: { id: userId, keyId } } })
        }
      />
    </Section>
  );
}
