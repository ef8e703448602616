import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Column } from './columns.ts';

interface ColumnChooserProps<Row> {
  columns: Column<Row>[];
  hidden: string[];
  onChange: (hidden: string[]) => void;
}

export function ColumnChooser<Row>({ columns, hidden, onChange }: ColumnChooserProps<Row>) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Tooltip label={t('ui.columns')}>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('ui.columns')}>
            <IconColumns3 size={16} stroke={1.8} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>{t('ui.columns')}</Menu.Label>
        {columns
          .filter((column) => !column.required)
          .map((column) => {
            const shown = !hidden.includes(column.key);
            return (
              <Menu.CheckboxItem
                key={column.key}
                checked={shown}
                onChange={() =>
                  onChange(shown ? [...hidden, column.key] : hidden.filter((key) => key !== column.key))
                }
              >
                {column.header}
              </Menu.CheckboxItem>
            );
          })}
      </Menu.Dropdown>
    </Menu>
  );
}
