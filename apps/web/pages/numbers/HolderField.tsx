import { Loader, Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { NumberView } from '@rollcall/contract/numbers';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { nameOf } from '../agents/name-of.ts';

/** `user:<id>`, `group:<id>`, or null: nobody. */
export type Holder = string | null;

export const holderOf = (number: NumberView): Holder =>
  number.user ? `user:${number.user.id}` : number.group ? `group:${number.group.id}` : null;

/** As the API takes it. */
export function holderInput(holder: Holder): { userId: string | null; groupId: string | null } {
  const [kind, id] = holder?.split(':') ?? [];
  return { userId: kind === 'user' && id ? id : null, groupId: kind === 'group' && id ? id : null };
}

interface HolderFieldProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  value: Holder;
  onChange: (holder: Holder) => void;
  /** The name of whom it stands for already. */
  valueName?: string | undefined;
}

/** Who has a number: an agent or a group, found by typing; emptied, the number is free. */
export function HolderField({ value, onChange, valueName, ...rest }: HolderFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(valueName ?? '');
  const [chosen, setChosen] = useState(valueName);
  const [typed] = useDebouncedValue(text === chosen ? '' : text.trim(), 200);
  const found = useQuery({
    queryKey: ['holders', typed],
    queryFn: async ({ signal }) => {
      const search = typed || undefined;
      const [groups, users] = await Promise.all([
        body(api.GET('/api/v1/groups', { params: { query: { search, limit: 10 } }, signal })),
        body(
          api.GET('/api/v1/users', {
            params: { query: { search, status: ['active', 'invited', 'scheduled'], limit: 20 } },
            signal,
          }),
        ),
      ]);
      return {
        groups: groups.items.map(({ id, name }) => ({ value: `group:${id}`, label: name })),
        users: users.items.map((user) => ({ value: `user:${user.id}`, label: nameOf(user) })),
      };
    },
    placeholderData: keepPreviousData,
  });
  const groups = found.data?.groups ?? [];
  const users = found.data?.users ?? [];
  const known = [...groups, ...users];
  const missing = value !== null && !known.some((option) => option.value === value);
  const present = missing
    ? [{ group: t('numbers.present'), items: [{ value, label: chosen ?? valueName ?? '' }] }]
    : [];
  return (
    <Select
      {...rest}
      searchable
      clearable
      placeholder={t('numbers.holderPlaceholder')}
      data={[...present, { group: t('nav.groups'), items: groups }, { group: t('nav.agents'), items: users }]}
      // The server has searched already, in more than the label.
      filter={({ options }) => options}
      value={value}
      searchValue={text}
      onSearchChange={setText}
      onChange={(next) => {
        setChosen(known.find((option) => option.value === next)?.label);
        onChange(next);
      }}
      nothingFoundMessage={found.isFetching ? undefined : t('agents.nobodyFound')}
      rightSection={found.isFetching ? <Loader size={14} color="gray" /> : undefined}
      clearButtonProps={{ 'aria-label': t('numbers.free') }}
    />
  );
}
