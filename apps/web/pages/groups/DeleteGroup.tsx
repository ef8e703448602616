import type { GroupView } from '@rollcall/contract/groups';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { paths } from '../../paths.ts';
import { ConfirmDanger } from '../../ui/ConfirmDanger.tsx';
import { toastDone } from '../../ui/toast.ts';
import { groupsKey } from './groups-queries.ts';

/** Says what goes with the group, and what does not. */
export function DeleteGroup({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t('groups.deleteTitle', { name: group.name })}
      confirmLabel={t('groups.delete')}
      preview={{
        status: 'ready',
        groups: [
          {
            kind: 'ends',
            heading: t('groups.deleteEnds'),
            items: [
              { key: 'group', text: t('groups.deleteGroup') },
              { key: 'members', text: t('groups.deleteMembers', { count: group.memberCount }) },
            ],
          },
          {
            kind: 'stays',
            heading: t('groups.deleteStays'),
            items: [{ key: 'agents', text: t('groups.deleteAgents') }],
          },
        ],
      }}
      onConfirm={async () => {
        await api.DELETE('/api/v1/groups/{id}', { params: { path: { id: group.id } } });
        await navigate({ href: paths.groups() });
        queryClient.removeQueries({ queryKey: [groupsKey, 'one', group.id] });
        await queryClient.invalidateQueries({ queryKey: [groupsKey, 'list'] });
        void toastDone(t('groups.deleted', { name: group.name }));
      }}
    />
  );
}
