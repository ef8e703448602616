import { Button, Select } from '@mantine/core';
import type { UserProfile } from '@rollcall/contract/users';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { useAbility } from '../../session/me.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { ConfirmDanger } from '../../ui/ConfirmDanger.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { Section } from '../../ui/Section.tsx';
import { groupChoicesQuery, usersKey } from '../agents/agents-queries.ts';
import { nameOf } from '../agents/name-of.ts';
import classes from './AgentPage.module.css';

type Group = UserProfile['groups'][number];

function changeMembers(groupId: string, change: { add?: string[]; remove?: string[]; preview?: boolean }) {
  return body(
    api.POST('/api/v1/groups/{id}/members', { params: { path: { id: groupId } }, body: change as never }),
  );
}

/** The queues that somebody is in. */
export function GroupsTab({ user }: { user: UserProfile }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const may = useAbility('groups:manage');
  const groups = useQuery(groupChoicesQuery);
  const [chosen, choose] = useState<string | null>(null);
  const [leaving, leave] = useState<Group>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: [usersKey] });
  const add = useMutation({
    async mutationFn(groupId: string) {
      await changeMembers(groupId, { add: [user.id] });
      choose(null);
    },
    onSettled: refresh,
  });
  const others = (groups.data ?? []).filter((group) => !user.groups.some(({ id }) => id === group.id));
  return (
    <Section title={t('agents.columns.groups')} intro={t('agents.groups.intro')}>
      {user.groups.length === 0 && <p className={classes.quiet}>{t('agents.groups.none')}</p>}
      <ul className={classes.rows}>
        {user.groups.map((group) => (
          <li key={group.id} className={classes.item}>
            <div className={classes.itemText}>
              <RouteLink href={paths.group(group.id)}>{group.name}</RouteLink>
            </div>
            {may && (
              <Button
                variant="default"
                aria-label={t('agents.groups.removeFrom', { group: group.name })}
                onClick={() => leave(group)}
              >
                {t('agents.groups.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {may && (
        <div className={classes.add}>
          <Select
            searchable
            aria-label={t('agents.groups.add')}
            placeholder={t('agents.bulk.chooseGroup')}
            data={others.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={choose}
          />
          <Button
            variant="default"
            disabled={!chosen}
            loading={add.isPending}
            onClick={() => chosen && add.mutate(chosen)}
          >
            {t('agents.groups.add')}
          </Button>
        </div>
      )}
      <FormFailure error={add.error} />
      {leaving && (
        <LeaveGroup user={user} group={leaving} onClose={() => leave(undefined)} onLeft={refresh} />
      )}
    </Section>
  );
}

interface LeaveGroupProps {
  user: UserProfile;
  group: Group;
  onClose: () => void;
  onLeft: () => Promise<unknown>;
}

function LeaveGroup({ user, group, onClose, onLeft }: LeaveGroupProps) {
  const { t } = useTranslation();
  const preview = useQuery({
    queryKey: ['leave-group', group.id, user.id],
    queryFn: () => changeMembers(group.id, { remove: [user.id], preview: true }),
    staleTime: 0,
    gcTime: 0,
  });
  const format = useFormat();
  const count = preview.data?.group.availableCount ?? 0;
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t('agents.groups.leaveTitle', { name: nameOf(user), group: group.name })}
      preview={
        preview.isError
          ? { status: 'error', error: preview.error, retry: () => void preview.refetch() }
          : preview.data
            ? {
                status: 'ready',
                groups: [
                  {
                    kind: 'ends',
                    heading: t('agents.deactivate.ends'),
                    items: [
                      {
                        key: 'routing',
                        text: t('agents.groups.noMoreCalls', { group: group.name }),
                        note: preview.data.warnings.map((warning) => warning.message).join(' '),
                      },
                    ],
                  },
                  {
                    kind: 'stays',
                    heading: t('agents.deactivate.kept'),
                    items: [
                      {
                        key: 'rest',
                        text: t('agents.groups.stillThere', { count, shown: format.number(count) }),
                      },
                    ],
                  },
                ],
              }
            : { status: 'loading' }
      }
      confirmLabel={t('agents.groups.remove')}
      onConfirm={async () => {
        await changeMembers(group.id, { remove: [user.id] });
        await onLeft();
      }}
    />
  );
}
