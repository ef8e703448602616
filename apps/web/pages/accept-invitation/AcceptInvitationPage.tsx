import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useLinkToken } from '../../session/use-link-token.ts';
import { PublicPage } from '../../shell/PublicPage.tsx';
import { useProblemText } from '../../ui/use-problem-text.ts';
import { AcceptForm } from './AcceptForm.tsx';

/** Opened from the invitation mail. Looking changes nothing (mail scanners look too); the form's button does. */
export function AcceptInvitationPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const invitation = useQuery({
    queryKey: ['invitation-by-token', token],
    enabled: token !== undefined,
    queryFn: () => body(api.POST('/api/v1/invitations/read', { body: { token: token ?? '' } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found = invitation.data !== undefined;
  useEffect(() => {
    // Only for those who wait for it: that it could not be noted stops nobody from accepting.
    if (found && token) api.POST('/api/v1/invitations/visit', { body: { token } }).catch(() => undefined);
  }, [found, token]);
  const failure = useProblemText(invitation.error);
  if (!token) {
    return <PublicPage title={t('acceptInvitation.failedTitle')} intro={t('acceptInvitation.incomplete')} />;
  }
  if (invitation.isError) {
    return <PublicPage title={t('acceptInvitation.failedTitle')} intro={failure.detail || failure.title} />;
  }
  if (!invitation.data) {
    return (
      <PublicPage title={t('acceptInvitation.loading')}>
        <Skeleton height={34} mb="md" />
        <Skeleton height={34} />
      </PublicPage>
    );
  }
  return (
    <PublicPage
      title={t('acceptInvitation.title', { organization: invitation.data.organization })}
      intro={t('acceptInvitation.intro', { email: invitation.data.signInName })}
    >
      <AcceptForm token={token} invitation={invitation.data} />
    </PublicPage>
  );
}
