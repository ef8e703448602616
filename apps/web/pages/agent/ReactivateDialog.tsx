import { MultiSelect, Select } from '@mantine/core';
import type { ReactivationOffer } from '@rollcall/contract/off-boarding';
import type { UserProfile } from '@rollcall/contract/users';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useMe } from '../../session/me.ts';
import { ConfirmDanger } from '../../ui/ConfirmDanger.tsx';
import { toastDone } from '../../ui/toast.ts';
import { groupChoicesQuery, rolesQuery, usersKey } from '../agents/agents-queries.ts';
import { nameOf } from '../agents/name-of.ts';
import { roleText } from '../agents/role-text.ts';

/** Asks for the role and the groups, offering the former ones; an administrator's role is only ever chosen. */
export function ReactivateDialog({ user, onClose }: { user: UserProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { reasonRequired } = useMe().organization;
  const params = { path: { id: user.id } };
  const offer = useQuery({
    queryKey: ['reactivation', user.id],
    queryFn: async () =>
      (await body(api.GET('/api/v1/users/{id}/reactivation', { params }))) as ReactivationOffer,
    staleTime: 0,
    gcTime: 0,
  });
  const roles = useQuery(rolesQuery);
  const groups = useQuery(groupChoicesQuery);
  const [role, setRole] = useState<string>();
  const [groupIds, setGroupIds] = useState<string[]>();
  const chosenRole = role ?? offer.data?.roles.find((one) => one.preselected)?.id ?? null;
  const chosenGroups =
    groupIds ?? offer.data?.groups.filter((one) => one.preselected).map((one) => one.id) ?? [];
  const former = new Set([...(offer.data?.roles ?? []), ...(offer.data?.groups ?? [])].map(({ id }) => id));
  const options = (items: { id: string; name: string }[] = []) =>
    items
      .map(({ id, name }) => ({
        value: id,
        label: former.has(id) ? t('agents.reactivate.former', { name }) : name,
      }))
      .sort((a, b) => Number(former.has(b.value)) - Number(former.has(a.value)));
  const becomes = offer.data?.becomes ?? 'active';

  const confirm = async (reason: string) => {
    const done = await body(
      api.POST('/api/v1/users/{id}/reactivate', {
        params,
        body: {
          role: chosenRole as string,
          groupIds: chosenGroups,
          ...(reason ? { reason } : {}),
        },
      }),
    );
    await queryClient.invalidateQueries({ queryKey: [usersKey] });
    void toastDone(t(`agents.reactivate.done.${becomes}`, { name: nameOf(user) }));
    for (const warning of done.warnings) void toastDone(warning.message);
  };

  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      tone="normal"
      title={t('agents.reactivate.title', { name: nameOf(user) })}
      choices={
        offer.data && (
          <>
            <Select
              label={t('agents.columns.role')}
              placeholder={t('agents.bulk.chooseRole')}
              description={roleText(
                roles.data?.find((one) => one.id === chosenRole),
                t,
              )}
              data={options(roles.data)}
              allowDeselect={false}
              value={chosenRole}
              onChange={(next) => setRole(next ?? undefined)}
            />
            <MultiSelect
              label={t('agents.columns.groups')}
              placeholder={chosenGroups.length === 0 ? t('agents.add.noGroup') : undefined}
              searchable
              data={options(groups.data)}
              value={chosenGroups}
              onChange={setGroupIds}
            />
          </>
        )
      }
      preview={
        offer.isError
          ? { status: 'error', error: offer.error, retry: () => void offer.refetch() }
          : !offer.data
            ? { status: 'loading' }
            : !chosenRole
              ? { status: 'waiting' }
              : {
                  status: 'ready',
                  groups: [
                    {
                      kind: 'stays',
                      heading: t('agents.reactivate.happens'),
                      items: [{ key: 'becomes', text: t(`agents.reactivate.becomes.${becomes}`) }],
                    },
                    {
                      kind: 'ends',
                      heading: t('agents.reactivate.staysEnded'),
                      items: [{ key: 'sessions', text: t('agents.reactivate.dead') }],
                    },
                  ],
                }
      }
      reason={reasonRequired ? 'required' : 'optional'}
      confirmLabel={t('agents.reactivate.action')}
      onConfirm={confirm}
    />
  );
}
