import type { GroupMember, GroupView } from '@rollcall/contract/groups';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDanger } from '../../ui/ConfirmDanger.tsx';
import { nameOf } from '../agents/name-of.ts';
import { changeMembers, groupsKey } from './groups-queries.ts';

interface RemoveMemberProps {
  group: GroupView;
  member: GroupMember;
  onClose: () => void;
}

/** Takes somebody out of the group; the server has tried it before and says what it would leave. */
export function RemoveMember({ group, member, onClose }: RemoveMemberProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const name = nameOf(member);
  const change = { remove: [member.userId] };
  const preview = useQuery({
    queryKey: [groupsKey, 'removal', group.id, member.userId],
    queryFn: () => changeMembers(group.id, { ...change, preview: true }),
    gcTime: 0,
  });
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t('groups.members.removeTitle', { name, group: group.name })}
      confirmLabel={t('groups.members.remove')}
      preview={
        preview.data
          ? {
              status: 'ready',
              groups: [
                {
                  kind: 'ends',
                  heading: t('groups.members.removeEnds'),
                  items: [
                    { key: 'calls', text: t('groups.members.removeCalls', { name, group: group.name }) },
                  ],
                },
                {
                  kind: 'todo',
                  heading: t('groups.members.removeTodo'),
                  items: preview.data.warnings.map(({ code, message }) => ({
                    key: code,
                    text:
                      code === 'group_without_available_member'
                        ? t('groups.members.leavesNobody', { group: group.name })
                        : message,
                  })),
                },
              ],
            }
          : preview.isError
            ? { status: 'error', error: preview.error, retry: () => void preview.refetch() }
            : { status: 'loading' }
      }
      onConfirm={async () => {
        await changeMembers(group.id, change);
        await queryClient.invalidateQueries({ queryKey: [groupsKey] });
      }}
    />
  );
}
