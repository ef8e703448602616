import { Button } from '@mantine/core';
import type { InvitationView } from '@rollcall/contract/invitations';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useAbility } from '../../session/me.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { SecretOnce } from '../../ui/SecretOnce.tsx';
import { Section } from '../../ui/Section.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { usersKey } from '../agents/agents-queries.ts';
import { InvitationBadge } from '../agents/UserBadges.tsx';
import { invitationsQuery } from './agent-queries.ts';
import classes from './InvitationCard.module.css';
import { invitationSteps } from './invitation-steps.ts';

/** Where somebody's invitation is, in the mail server's own words where there are any, and what can be done. */
export function InvitationCard({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useAbility('invitations:manage');
  const queryClient = useQueryClient();
  const [link, setLink] = useState<string>();
  const invitations = useQuery(invitationsQuery(userId));
  const current = invitations.data?.[0] as InvitationView | undefined;
  const params = { params: { path: { id: userId } } };
  const act = useMutation({
    async mutationFn(what: 'resend' | 'revoke' | 'link') {
      setLink(undefined);
      if (what === 'resend') await api.POST('/api/v1/users/{id}/invitation', params);
      if (what === 'revoke') await api.DELETE('/api/v1/users/{id}/invitation', params);
      if (what === 'link')
        setLink((await body(api.POST('/api/v1/users/{id}/invitation/link', params))).link ?? undefined);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: [usersKey] }),
  });
  const open = current && ['queued', 'sent', 'visited', 'refused', 'bounced'].includes(current.state);
  const button = (what: 'resend' | 'revoke' | 'link') => (
    <Button
      variant="default"
      loading={act.isPending && act.variables === what}
      disabled={act.isPending}
      onClick={() => act.mutate(what)}
    >
      {t(`agents.invite.${what}`)}
    </Button>
  );
  return (
    <Section title={t('agents.invite.title')}>
      {invitations.isError && (
        <ErrorState error={invitations.error} onRetry={() => void invitations.refetch()} />
      )}
      {invitations.data && !current && <p className={classes.words}>{t('agents.invite.none')}</p>}
      {current && (
        <>
          <div className={classes.head}>
            <InvitationBadge state={current.state} />
            {open && (
              <span className={classes.until}>
                {t('agents.invite.until', { at: format.dateTime(current.expiresAt) })}
              </span>
            )}
          </div>
          {current.reason && (
            <p className={classes.words} data-stuck={current.stuck || undefined}>
              {current.reason}
            </p>
          )}
          <Timeline items={invitationSteps(current, t)} />
        </>
      )}
      {link && (
        <div className={classes.link}>
          <SecretOnce what={t('agents.invite.linkName')} secret={link} />
          <p className={classes.words}>{t('agents.invite.linkHelp')}</p>
        </div>
      )}
      <FormFailure error={act.error} />
      {may && invitations.data && current?.state !== 'accepted' && (
        <div className={classes.actions}>
          {button('resend')}
          {button('link')}
          {open && button('revoke')}
        </div>
      )}
    </Section>
  );
}
