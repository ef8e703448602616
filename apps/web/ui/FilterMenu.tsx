import { Button, Menu } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FilterBar.module.css';
import type { Filter } from './filter.ts';

interface FilterMenuProps {
  /** Those that are not in force. */
  filters: Filter[];
  onChange: (key: string, values: string[]) => void;
}

/** More choices than this are not shown all at once: first by what, then which. */
const mostAtOnce = 10;

/** "Filter": all choices under their headings, or first the filters and then the choices of one. */
export function FilterMenu({ filters, onChange }: FilterMenuProps) {
  const { t } = useTranslation();
  const [picked, pick] = useState<string>();
  const choices = filters.reduce((sum, filter) => sum + filter.options.length, 0);
  const oneByOne = choices > mostAtOnce && filters.length > 1;
  const chosen = filters.find((filter) => filter.key === picked);
  const shown = oneByOne ? filters.filter((filter) => filter === chosen) : filters;
  return (
    <Menu position="bottom-start" onOpen={() => pick(undefined)}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconFilter size={15} stroke={1.8} />}>
          {t('ui.filter')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {oneByOne &&
          !chosen &&
          filters.map((filter) => (
            <Menu.Item
              key={filter.key}
              closeMenuOnClick={false}
              onClick={() => pick(filter.key)}
              rightSection={<IconChevronRight size={14} aria-hidden="true" />}
            >
              {filter.label}
            </Menu.Item>
          ))}
        {oneByOne && chosen && (
          <Menu.Item
            closeMenuOnClick={false}
            onClick={() => pick(undefined)}
            leftSection={<IconChevronLeft size={14} aria-hidden="true" />}
          >
            {t('ui.back')}
          </Menu.Item>
        )}
        {shown.map((filter) => (
          <div key={filter.key} role="none">
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
  );
}
