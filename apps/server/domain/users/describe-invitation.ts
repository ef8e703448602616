import type { SignInDiagnosis } from '@rollcall/contract/users';

export interface InvitationFacts {
  state: 'queued' | 'sent' | 'refused' | 'bounced' | 'visited' | 'accepted' | 'expired' | 'revoked';
  delivery: 'mail' | 'link';
  email: string | null;
  /** Of the mail server, where it refused or returned the mail. */
  words: string | null;
  sentOn: string | null;
  expiresOn: string;
  expired: boolean;
}

/** Why somebody invited is not in yet, from where the current invitation stands. */
export function describeInvitation(
  name: string,
  invitation: InvitationFacts | null,
): SignInDiagnosis['findings'][number] {
  const finding = (code: string, message: string, remedy: string) => ({
    code,
    blocking: true,
    message,
    remedy,
  });
  const resend = 'Send a new invitation, or copy the link and hand it over.';
  const correct =
    'Correct the e-mail address, then send a new invitation, or copy the link and hand it over.';
  if (!invitation) return finding('not_invited', `${name} has not been invited yet.`, resend);
  const { state, email, sentOn, expiresOn } = invitation;
  const words = invitation.words ? ` It said: “${invitation.words}”` : '';
  if (state === 'revoked') return finding('invitation_revoked', 'The invitation was revoked.', resend);
  if (state === 'expired' || invitation.expired)
    return finding('invitation_expired', `The invitation expired on ${expiresOn}.`, resend);
  if (state === 'queued')
    return finding(
      'invitation_queued',
      'The invitation waits to be sent.',
      'Wait a few minutes. If it stays so, look at Settings → E-mail, or copy the link and hand it over.',
    );
  if (state === 'refused')
    return finding(
      'invitation_refused',
      `The mail server refused the invitation to ${email}.${words}`,
      correct,
    );
  if (state === 'bounced')
    return finding('invitation_bounced', `The invitation to ${email} came back.${words}`, correct);
  if (state === 'visited')
    return finding(
      'invitation_visited',
      `The link was opened, but the invitation has not been accepted. It is valid until ${expiresOn}.`,
      'Ask them to open it again and to choose a password.',
    );
  const how = invitation.delivery === 'link' ? 'handed over' : `sent to ${email}`;
  return finding(
    'invitation_sent',
    `The invitation was ${how} on ${sentOn} and has not been accepted. It is valid until ${expiresOn}.`,
    'Ask them to look for it, also in the spam folder, or send a new one.',
  );
}
