import { type InvitationView, invitationDays } from '@rollcall/contract/invitations';

/** Why an invitation is where it is, and what to do; null where there is nothing to say. */
export function explainInvitation(
  invitation: Pick<InvitationView, 'state' | 'delivery' | 'current' | 'stuck' | 'mailState'> & {
    words: string | null;
    mailWords: string | null;
  },
): string | null {
  const { state, words, mailState, mailWords } = invitation;
  switch (state) {
    case 'refused':
      return `The mail server refused the mail: ${quote(words)} Correct the address, or hand the link over by other means.`;
    case 'bounced':
      return `The mail came back: ${quote(words)} Correct the address, or hand the link over by other means.`;
    case 'expired':
      return `Nobody accepted it within ${invitationDays.valid} days. Send it again.`;
    case 'revoked':
      return invitation.current ? 'It was revoked.' : 'A newer one has taken its place.';
    case 'queued':
      if (mailState === 'kept')
        return 'No mail server is configured, so the mail is kept. Copy the link and hand it over.';
      if (mailState === 'deferred')
        return `The mail server has not taken the mail yet: ${quote(mailWords)} It is tried again by itself.`;
      return invitation.stuck
        ? 'The mail has waited for long: background work may be standing still. Ask who runs this server.'
        : null;
    case 'sent':
      return invitation.delivery === 'link' ? 'A link was made to hand over.' : null;
    default:
      return null;
  }
}

function quote(words: string | null): string {
  return `“${words ?? 'no reason given'}”.`;
}
