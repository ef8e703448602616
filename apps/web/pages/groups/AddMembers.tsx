import { Button, Checkbox, Skeleton } from '@mantine/core';
import type { GroupView } from '@rollcall/contract/groups';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { PersonCell } from '../../ui/PersonCell.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { toastDone } from '../../ui/toast.ts';
import { usersKey } from '../agents/agents-queries.ts';
import { nameOf } from '../agents/name-of.ts';
import classes from './groups.module.css';
import { changeMembers, groupsKey } from './groups-queries.ts';

/** Finds people by typing, and adds those that were ticked, behind those who are there. */
export function AddMembers({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const found = useQuery({
    queryKey: [usersKey, 'for-group', group.id, search],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/users', {
          params: {
            query: { search: search || undefined, status: ['active', 'invited', 'scheduled'], limit: 50 },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const add = useMutation({
    mutationFn: () => changeMembers(group.id, { add: [...chosen] }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: [groupsKey] });
      await queryClient.invalidateQueries({ queryKey: [usersKey] });
      onClose();
      void toastDone(t('groups.members.added', { count: chosen.size, group: group.name }));
    },
  });
  const toggle = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  return (
    <SideDrawer
      opened
      onClose={onClose}
      title={t('groups.members.addTitle', { group: group.name })}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button disabled={chosen.size === 0} loading={add.isPending} onClick={() => add.mutate()}>
            {t('groups.members.addCount', { count: chosen.size })}
          </Button>
        </>
      }
    >
      <SearchInput label={t('agents.search')} value={search} onSearch={setSearch} />
      <FormFailure error={add.error} />
      {found.isPending && <Skeleton height={240} mt={12} />}
      {found.isError && !found.data && (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data?.items.length === 0 && <p className={classes.quiet}>{t('agents.nobodyFound')}</p>}
      <ul className={classes.found}>
        {found.data?.items.map((user) => {
          const member = user.groups.some(({ id }) => id === group.id);
          return (
            <li key={user.id}>
              <Checkbox
                styles={{ body: { alignItems: 'center' } }}
                checked={member || chosen.has(user.id)}
                disabled={member}
                onChange={(event) => toggle(user.id, event.currentTarget.checked)}
                label={
                  <PersonCell
                    name={nameOf(user)}
                    note={member ? t('groups.members.already') : user.signInName}
                  />
                }
              />
            </li>
          );
        })}
      </ul>
    </SideDrawer>
  );
}
