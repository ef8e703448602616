import { useTranslation } from 'react-i18next';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import type { InvitationState, UserStatus } from './agents-view.ts';

const statusTones: Record<UserStatus, Tone> = {
  active: 'good',
  invited: 'accent',
  scheduled: 'idle',
  inactive: 'idle',
};

const invitationTones: Record<InvitationState, Tone> = {
  queued: 'idle',
  sent: 'accent',
  visited: 'accent',
  accepted: 'good',
  refused: 'bad',
  bounced: 'bad',
  expired: 'warn',
  revoked: 'warn',
};

const availabilityTones = { online: 'good', away: 'warn', offline: 'idle' } as const;

interface UserStatusBadgeProps {
  status: UserStatus;
  /** Of somebody who has not accepted yet: one that has gone wrong is told with the status. */
  invitation?: InvitationState | null;
}

export function UserStatusBadge({ status, invitation }: UserStatusBadgeProps) {
  const { t } = useTranslation();
  const stuck = status === 'invited' && invitation && ['bad', 'warn'].includes(invitationTones[invitation]);
  const label = t(`agents.status.${status}`);
  return (
    <StatusBadge
      tone={stuck ? invitationTones[invitation] : statusTones[status]}
      label={stuck ? `${label}, ${t(`agents.invitation.${invitation}`).toLocaleLowerCase()}` : label}
      pending={(status === 'invited' && !stuck) || status === 'scheduled'}
    />
  );
}

export function InvitationBadge({ state }: { state: InvitationState }) {
  const { t } = useTranslation();
  return (
    <StatusBadge
      tone={invitationTones[state]}
      label={t(`agents.invitation.${state}`)}
      pending={['queued', 'sent', 'visited'].includes(state)}
    />
  );
}

interface AvailabilityBadgeProps {
  availability: keyof typeof availabilityTones;
  reason?: string | null;
}

export function AvailabilityBadge({ availability, reason }: AvailabilityBadgeProps) {
  const { t } = useTranslation();
  const label = t(`agents.availability.${availability}`);
  return (
    <StatusBadge
      tone={availabilityTones[availability]}
      label={reason ? `${label}: ${reason}` : label}
      pending={availability === 'offline'}
    />
  );
}
