import { Button, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { UserProfile } from '@rollcall/contract/users';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useAbility, useMe } from '../../session/me.ts';
import { ConfirmDanger } from '../../ui/ConfirmDanger.tsx';
import { Detail, DetailList } from '../../ui/DetailList.tsx';
import { Section } from '../../ui/Section.tsx';
import { rolesQuery, usersKey } from '../agents/agents-queries.ts';
import { nameOf } from '../agents/name-of.ts';
import { roleText } from '../agents/role-text.ts';

/** The role, and the way to another one. */
export function RoleSection({ user }: { user: UserProfile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useAbility('roles:assign') && user.status !== 'inactive';
  const roles = useQuery(rolesQuery);
  const [changing, change] = useDisclosure(false);
  const button = may && (
    <Button variant="default" style={{ marginLeft: 'auto', flex: 'none' }} onClick={change.open}>
      {t('agents.role.change')}…
    </Button>
  );
  return (
    <Section title={t('agents.columns.role')}>
      <DetailList>
        {user.roles.map((role, index) => (
          <Detail key={role.id} label={role.name} action={index === 0 && button}>
            {roleText(
              roles.data?.find((one) => one.id === role.id),
              t,
            )}
            {role.until && <div>{t('agents.role.until', { at: format.dateTime(role.until) })}</div>}
          </Detail>
        ))}
        {user.roles.length === 0 && <Detail label={t('agents.role.none')} action={button} />}
      </DetailList>
      {changing && <ChangeRole user={user} onClose={change.close} />}
    </Section>
  );
}

function ChangeRole({ user, onClose }: { user: UserProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { reasonRequired } = useMe().organization;
  const roles = useQuery(rolesQuery);
  const present = user.roles[0]?.id ?? null;
  const [chosen, choose] = useState(present);
  const from = roles.data?.find((role) => role.id === present);
  const to = roles.data?.find((role) => role.id === chosen);
  const lost = from?.permissions.filter((one) => !to?.permissions.includes(one)).length ?? 0;
  const won = to?.permissions.filter((one) => !from?.permissions.includes(one)).length ?? 0;
  const confirm = async (reason: string) => {
    await api.PUT('/api/v1/users/{id}/role', {
      params: { path: { id: user.id } },
      body: { role: chosen as never, ...(reason ? { reason } : {}) },
    });
    await queryClient.invalidateQueries({ queryKey: [usersKey] });
    await queryClient.invalidateQueries({ queryKey: ['me'] });
  };
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t('agents.role.title', { name: nameOf(user) })}
      tone="normal"
      choices={
        <Select
          label={t('agents.columns.role')}
          description={roleText(to, t)}
          data={(roles.data ?? []).map((role) => ({ value: role.id, label: role.name }))}
          allowDeselect={false}
          value={chosen}
          onChange={choose}
        />
      }
      preview={
        to && chosen !== present
          ? {
              status: 'ready',
              groups: [
                {
                  kind: 'ends',
                  heading: t('agents.role.takes'),
                  items: lost ? [{ key: 'lost', text: t('agents.role.permissions', { count: lost }) }] : [],
                },
                {
                  kind: 'stays',
                  heading: t('agents.role.gives'),
                  items: [{ key: 'won', text: t('agents.role.permissions', { count: won }) }],
                },
              ],
            }
          : { status: 'waiting' }
      }
      reason={reasonRequired ? 'required' : 'optional'}
      confirmLabel={t('agents.role.change')}
      onConfirm={confirm}
    />
  );
}
