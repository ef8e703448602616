import { Loader, Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { usersKey } from './agents-queries.ts';
import type { UserStatus } from './agents-view.ts';
import { nameOf } from './name-of.ts';

interface PersonSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  value: string | null;
  onChange: (userId: string | null, name?: string) => void;
  /** Only people of these; active ones unless told otherwise. */
  status?: UserStatus[];
  /** Who is not offered: the person it is about. */
  without?: string;
  /** The name of whom it stands for already. */
  valueName?: string;
}

/** One person out of any number, found by typing. */
export function PersonSelect(props: PersonSelectProps) {
  const { value, onChange, status = ['active'], without, valueName, ...rest } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(valueName);
  const [typed] = useDebouncedValue(text === chosen ? '' : text.trim(), 200);
  const found = useQuery({
    queryKey: [usersKey, 'choices', typed, status],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/users', {
          params: { query: { search: typed || undefined, status, limit: 20 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const people = (found.data?.items ?? []).filter((user) => user.id !== without);
  const options = people.map((user) => ({ value: user.id, label: `${nameOf(user)} · ${user.signInName}` }));
  const missing = value && !options.some((option) => option.value === value);
  return (
    <Select
      {...rest}
      searchable
      clearable
      placeholder={rest.placeholder ?? t('agents.findPerson')}
      data={missing ? [...options, { value, label: chosen ?? valueName ?? '' }] : options}
      // The server has searched already, in more than the label.
      filter={({ options: all }) => all}
      value={value}
      searchValue={text}
      onSearchChange={setText}
      onChange={(next) => {
        const label = options.find((option) => option.value === next)?.label;
        setChosen(label);
        onChange(next, label?.split(' · ')[0]);
      }}
      nothingFoundMessage={found.isFetching ? undefined : t('agents.nobodyFound')}
      rightSection={found.isFetching ? <Loader size={14} color="gray" /> : undefined}
      clearButtonProps={{ 'aria-label': t('agents.clearPerson') }}
    />
  );
}
