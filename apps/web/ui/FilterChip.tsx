import { CloseButton, Menu, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './FilterBar.module.css';
import type { Filter } from './filter.ts';

interface FilterChipProps {
  filter: Filter;
  onChange: (values: string[]) => void;
}

/** One filter in force: "Status: Active, Invited". Its menu adds and removes values. */
export function FilterChip({ filter, onChange }: FilterChipProps) {
  const { t } = useTranslation();
  const chosen = filter.options.filter((option) => filter.values.includes(option.value));
  const toggle = (value: string) =>
    onChange(
      filter.values.includes(value)
        ? filter.values.filter((one) => one !== value)
        : [...filter.values, value],
    );
  return (
    <span className={classes.chip}>
      <Menu position="bottom-start" closeOnItemClick={false}>
        <Menu.Target>
          <UnstyledButton className={classes.chipText}>
            <span className={classes.chipLabel}>{filter.label}:</span>{' '}
            {chosen.map((option) => option.label).join(', ')}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          {filter.options.map((option) => {
            const on = filter.values.includes(option.value);
            return (
              <Menu.CheckboxItem key={option.value} checked={on} onChange={() => toggle(option.value)}>
                {option.label}
              </Menu.CheckboxItem>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      <CloseButton
        size="xs"
        aria-label={t('ui.removeFilter', { filter: filter.label })}
        onClick={() => onChange([])}
      />
    </span>
  );
}
