import { Button, Menu } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FilterBar.module.css';
import { FilterChip } from './FilterChip.tsx';

export interface FilterOption {
  value: string;
  label: string;
  /** How many match, where the server says so. */
  count?: number;
}

export interface Filter {
  key: string;
  label: string;
  options: FilterOption[];
  /** Values in force; several mean "any of". */
  values: string[];
}

interface FilterBarProps {
  /** Usually a SearchInput. */
  search?: ReactNode;
  filters: Filter[];
  onChange: (key: string, values: string[]) => void;
  onClear: () => void;
  /** At the end of the line: column choice, export, saved views. */
  tools?: ReactNode;
}

/** Search, then a chip for each filter in force, then "Filter" for the others. */
export function FilterBar({ search, filters, onChange, onClear, tools }: FilterBarProps) {
  const { t } = useTranslation();
  const active = filters.filter((filter) => filter.values.length > 0);
  return (
    <section className={classes.bar} aria-label={t('ui.filters')}>
      {search}
      {filters.length > active.length && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" leftSection={<IconFilter size={15} stroke={1.8} />}>
              {t('ui.filter')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={classes.menu}>
            {filters
              .filter((filter) => filter.values.length === 0)
              .map((filter) => (
                <div key={filter.key}>
                  <Menu.Label>{filter.label}</Menu.Label>
                  {filter.options.map((option) => (
                    <Menu.Item
                      key={option.value}
                      onClick={() => onChange(filter.key, [option.value])}
                      rightSection={<span className={classes.count}>{option.count}</span>}
                    >
                      {option.label}
                    </Menu.Item>
                  ))}
                </div>
              ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {active.map((filter) => (
        <FilterChip key={filter.key} filter={filter} onChange={(values) => onChange(filter.key, values)} />
      ))}
      {active.length > 0 && (
        <Button variant="subtle" color="gray" onClick={onClear}>
          {t('ui.clearFilters')}
        </Button>
      )}
      {tools && <div className={classes.tools}>{tools}</div>}
    </section>
  );
}
