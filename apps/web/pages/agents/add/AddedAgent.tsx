import { Button } from '@mantine/core';
import type { CreatedUser } from '@rollcall/contract/users';
import { useTranslation } from 'react-i18next';
import { paths } from '../../../paths.ts';
import { RouteLink } from '../../../shell/RouteLink.tsx';
import { FormLayout } from '../../../ui/form/FormLayout.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { SideDrawer } from '../../../ui/SideDrawer.tsx';
import { InvitationCard } from '../../agent/InvitationCard.tsx';
import { nameOf } from '../name-of.ts';

interface AddedAgentProps {
  opened: boolean;
  onClose: () => void;
  user: CreatedUser;
  onAnother: () => void;
}

/** What came of adding somebody. */
export function AddedAgent({ opened, onClose, user, onAnother }: AddedAgentProps) {
  const { t } = useTranslation();
  return (
    <SideDrawer
      opened={opened}
      onClose={onClose}
      title={t('agents.add.title')}
      size={500}
      footer={
        <>
          <Button variant="default" onClick={onAnother}>
            {t('agents.add.another')}
          </Button>
          <Button component={RouteLink} href={paths.agent(user.id)}>
            {t('agents.add.open')}
          </Button>
        </>
      }
    >
      <FormLayout onSubmit={(event) => event.preventDefault()}>
        <Notice tone="good" role="status" title={t('agents.add.added', { name: nameOf(user) })}>
          {user.status === 'scheduled' && t('agents.add.addedLater')}
          {user.extension && <div>{t('agents.add.gotExtension', { extension: user.extension })}</div>}
        </Notice>
        {user.warnings.map((warning) => (
          <Notice key={warning.code + warning.message} tone="warn">
            {warning.message}
          </Notice>
        ))}
        {user.status === 'invited' && <InvitationCard userId={user.id} />}
      </FormLayout>
    </SideDrawer>
  );
}
