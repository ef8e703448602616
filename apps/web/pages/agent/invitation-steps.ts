import type { InvitationView } from '@rollcall/contract/invitations';
import type { TFunction } from 'i18next';
import type { Tone } from '../../ui/StatusBadge.tsx';
import type { TimelineItem } from '../../ui/Timeline.tsx';

/** What an invitation has been through, latest last. */
export function invitationSteps(invitation: InvitationView, t: TFunction): TimelineItem[] {
  const created = invitation.invitedBy
    ? t('agents.invite.createdBy', { name: invitation.invitedBy })
    : t('agents.invite.created');
  const steps: [string, string | null, string, Tone][] = [
    ['created', invitation.createdAt, created, 'idle'],
    [
      'sent',
      invitation.sentAt,
      t(invitation.delivery === 'link' ? 'agents.invite.linkMade' : 'agents.invite.sent'),
      'accent',
    ],
    ['refused', invitation.refusedAt, t('agents.invite.refused'), 'bad'],
    ['bounced', invitation.bouncedAt, t('agents.invite.bounced'), 'bad'],
    ['reminded', invitation.remindedAt, t('agents.invite.reminded'), 'accent'],
    ['visited', invitation.visitedAt, t('agents.invite.visited'), 'accent'],
    ['accepted', invitation.acceptedAt, t('agents.invite.accepted'), 'good'],
    ['expired', invitation.expiredAt, t('agents.invite.expired'), 'warn'],
    ['revoked', invitation.revokedAt, t('agents.invite.revoked'), 'warn'],
  ];
  return steps
    .flatMap(([key, at, title, tone]) => (at ? [{ key, at, title, tone }] : []))
    .sort((a, b) => a.at.localeCompare(b.at));
}
