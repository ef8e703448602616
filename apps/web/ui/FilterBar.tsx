import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FilterBar.module.css';
import { FilterChip } from './FilterChip.tsx';
import { FilterMenu } from './FilterMenu.tsx';
import type { Filter } from './filter.ts';

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
        <FilterMenu filters={filters.filter((filter) => filter.values.length === 0)} onChange={onChange} />
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
