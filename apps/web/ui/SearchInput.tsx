import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from './KeyHint.tsx';

interface SearchInputProps {
  /** Accessible name and placeholder: "Search agents". */
  label: string;
  /** The value that is in force (in the URL). */
  value: string;
  /** Called 200 ms after the last key, at once when emptied. */
  onSearch: (value: string) => void;
}

/** Search as you type. "/" puts the cursor into it, Escape empties it. */
export function SearchInput({ label, value, onSearch }: SearchInputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const search = useDebouncedCallback(onSearch, 200);
  useEffect(() => setText(value), [value]);
  useHotkeys([['/', () => input.current?.focus()]]);
  const change = (next: string) => {
    setText(next);
    if (next === '') {
      search.cancel();
      onSearch('');
    } else {
      search(next.trim());
    }
  };
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && change('')}
      leftSection={<IconSearch size={15} stroke={1.8} />}
      rightSection={
        text ? (
          <CloseButton size="sm" aria-label={t('ui.clearSearch')} onClick={() => change('')} />
        ) : (
          <KeyHint keys={['/']} />
        )
      }
      style={{ flex: '1 1 14rem', maxWidth: '22rem' }}
    />
  );
}
