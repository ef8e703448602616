import type { UserProfile } from '@rollcall/contract/users';
import { useAbility } from '../../session/me.ts';
import classes from './AgentPage.module.css';
import { DiagnosisSection } from './DiagnosisSection.tsx';
import { InvitationCard } from './InvitationCard.tsx';
import { RoleSection } from './RoleSection.tsx';
import { KeysSection, SessionsSection } from './SessionsAndKeys.tsx';

/** What somebody may do, and by what they are in. */
export function AccessTab({ user }: { user: UserProfile }) {
  const maySee = useAbility('sessions:end');
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <RoleSection user={user} />
        <DiagnosisSection userId={user.id} />
      </div>
      <div className={classes.column}>
        {maySee && <SessionsSection userId={user.id} />}
        {maySee && <KeysSection userId={user.id} />}
        {user.invitationState && user.invitationState !== 'accepted' && <InvitationCard userId={user.id} />}
      </div>
    </div>
  );
}
