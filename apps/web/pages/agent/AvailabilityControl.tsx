import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { UserProfile } from '@rollcall/contract/users';
import { IconChevronDown } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import { useAbility, useMe } from '../../session/me.ts';
import { toastDone } from '../../ui/toast.ts';
import { usersKey } from '../agents/agents-queries.ts';
import { AvailabilityBadge } from '../agents/UserBadges.tsx';

const AwayReasonDialog = lazy(async () => ({
  default: (await import('./AwayReasonDialog.tsx')).AwayReasonDialog,
}));

/** Whether somebody takes calls: said, and changed by those who may. */
export function AvailabilityControl({ user }: { user: UserProfile }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const own = useMe().user.id === user.id;
  const may = useAbility('users:update') || own;
  const [asking, ask] = useDisclosure(false);
  const set = async (availability: UserProfile['availability'], awayReason?: string) => {
    await api.PUT('/api/v1/users/{id}/availability', {
      params: { path: { id: user.id } },
      body: { availability, ...(awayReason ? { awayReason } : {}) },
    });
    await queryClient.invalidateQueries({ queryKey: [usersKey] });
    if (own) await queryClient.invalidateQueries({ queryKey: ['availability'] });
  };
  const choose = (availability: UserProfile['availability']) =>
    set(availability).catch((thrown: unknown) => toastDone(problemOf(thrown).detail));
  const badge = <AvailabilityBadge availability={user.availability} reason={user.awayReason} />;
  if (!may) return badge;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            {badge}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('agents.availability.title')}</Menu.Label>
          {(['online', 'away', 'offline'] as const).map((availability) => (
            <Menu.Item key={availability} onClick={() => void choose(availability)}>
              <AvailabilityBadge availability={availability} />
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={ask.open}>{t('agents.availability.withReason')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Suspense>
          <AwayReasonDialog onClose={ask.close} onAway={(reason) => set('away', reason)} />
        </Suspense>
      )}
    </>
  );
}
