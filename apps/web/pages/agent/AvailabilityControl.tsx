import { Button, Menu, TextInput } from '@mantine/core';
import type { UserProfile } from '@rollcall/contract/users';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useAbility, useMe } from '../../session/me.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { usersKey } from '../agents/agents-queries.ts';
import { AvailabilityBadge } from '../agents/UserBadges.tsx';
import classes from './AvailabilityControl.module.css';

/** Whether somebody takes calls: said, and changed by those who may. */
export function AvailabilityControl({ user }: { user: UserProfile }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const own = useMe().user.id === user.id;
  const may = useAbility('users:update') || own;
  const [reason, setReason] = useState('');
  const [opened, setOpened] = useState(false);
  const set = useMutation({
    mutationFn: (next: { availability: UserProfile['availability']; awayReason?: string }) =>
      api.PUT('/api/v1/users/{id}/availability', { params: { path: { id: user.id } }, body: next }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: [usersKey] });
      setOpened(false);
      setReason('');
    },
  });
  const badge = <AvailabilityBadge availability={user.availability} reason={user.awayReason} />;
  if (!may) return badge;
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      closeOnItemClick={false}
      trapFocus={false}
    >
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />} loading={set.isPending}>
          {badge}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Menu.Label>{t('agents.availability.title')}</Menu.Label>
        {(['online', 'offline'] as const).map((availability) => (
          <Menu.Item key={availability} onClick={() => set.mutate({ availability })}>
            <AvailabilityBadge availability={availability} />
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => set.mutate({ availability: 'away' })}>
          <AvailabilityBadge availability="away" />
        </Menu.Item>
        <Menu.Divider />
        <form
          className={classes.away}
          onSubmit={(event) => {
            event.preventDefault();
            set.mutate({ availability: 'away', awayReason: reason.trim() || undefined });
          }}
        >
          <TextInput
            aria-label={t('agents.availability.reason')}
            placeholder={t('agents.availability.reason')}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
          />
          <Button type="submit" variant="default" disabled={!reason.trim()}>
            {t('agents.availability.setAway')}
          </Button>
        </form>
        <FormFailure error={set.error} />
      </Menu.Dropdown>
    </Menu>
  );
}
